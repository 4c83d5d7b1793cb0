/** Toasts at the bottom right: undoable actions for six seconds, failures without a panel until dismissed. */
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { shell } from '../engine/bridge.ts';
import { dismissToast, useToasts, type Toast } from '../state/toasts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const copyText = (toast: Toast): void =>
  void shell('shell.copyText', { text: `${toast.error?.code}: ${toast.error?.message}\n${toast.error?.detail ?? ''}` }).catch(() => undefined);

const ToastCard = ({ toast }: { toast: Toast }): ReactElement => {
  const { action, error } = toast;
  return (
    <div className={error === null ? 'cb-toast' : 'cb-toast cb-toast-err'}>
      {error !== null && (
        <span className="cb-err">
          <Icon of={IconAlertTriangle} size={16} />
        </span>
      )}
      <span className="cb-toast-text">{toast.text}</span>
      {action !== null && (
        <Button
          size="small"
          kind="ghost"
          onClick={() => {
            dismissToast(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      {error !== null && (
        <Button size="small" kind="ghost" onClick={() => copyText(toast)}>
          Copy
        </Button>
      )}
      <IconButton size="small" iconSize={12} icon={IconX} label="Dismiss" onClick={() => dismissToast(toast.id)} />
    </div>
  );
};

export const Toasts = (): ReactElement => {
  const toasts = useToasts((s) => s.toasts);
  return (
    <div className="cb-toasts">
      <div role="status" aria-live="polite">
        {toasts.filter((t) => t.error === null).map((t) => <ToastCard key={t.id} toast={t} />)}
      </div>
      <div role="alert" aria-live="assertive">
        {toasts.filter((t) => t.error !== null).map((t) => <ToastCard key={t.id} toast={t} />)}
      </div>
    </div>
  );
};
