/** Keeps a defect in one view from taking the window down: says what happened and offers to draw the view again. */
import { Component, type ReactElement, type ReactNode } from 'react';
import { toAppError } from '../../main/contract/index.ts';
import { Button } from './button.tsx';

type Props = { children: ReactNode; what: string };
type State = { thrown: unknown; failed: boolean };

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { thrown: null, failed: false };

  static getDerivedStateFromError(thrown: unknown): State {
    return { thrown, failed: true };
  }

  override render(): ReactElement {
    if (!this.state.failed) return <>{this.props.children}</>;
    return (
      <div className="cb-empty" role="alert">
        <span className="cb-empty-title">{this.props.what} can’t be drawn</span>
        <p>The case and its data are unchanged. Draw it again, or close this tab.</p>
        <code className="cb-t3 cb-select">{toAppError(this.state.thrown).detail ?? ''}</code>
        <Button onClick={() => this.setState({ thrown: null, failed: false })}>Draw again</Button>
      </div>
    );
  }
}
