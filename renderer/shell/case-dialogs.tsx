/** Dialogs of the case itself: a new one, its name, the report of a check. */
import { useState, type FormEvent, type ReactElement } from 'react';
import { toAppError } from '../../main/contract/index.ts';
import { useCase } from '../state/case-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { createCase, renameCase, setCaseDialog, useCaseDialog } from './case-actions.ts';
import { CaseNameFields, caseNameFor, type NewCase } from './case-name-form.tsx';
import { VerifyReportView } from './verify-report.tsx';

const close = (): void => setCaseDialog(null);

const NewCaseDialog = (): ReactElement => {
  const [draft, setDraft] = useState<NewCase>({ name: caseNameFor(undefined), parent: null });
  const [problem, setProblem] = useState<string | null>(null);
  const create = async (e: FormEvent): Promise<void> => {
    e.preventDefault();
    try {
      await createCase(draft.name, draft.parent?.handle ?? null);
      close();
    } catch (thrown) {
      setProblem(toAppError(thrown).message);
    }
  };
  return (
    <Dialog title="New case" width={520} onClose={close}>
      <form className="cb-form" onSubmit={(e) => void create(e)}>
        <CaseNameFields value={draft} onChange={setDraft} problem={problem} />
        <p className="cb-t3 cb-f12">A case is a folder: tables, the log of every change, and copies of evidence where asked for.</p>
        <div className="cb-form-foot">
          <Button kind="ghost" onClick={close}>
            Cancel
          </Button>
          <Button kind="primary" submit disabled={draft.name.trim() === ''}>
            Create case
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const RenameDialog = (): ReactElement => {
  const before = useCase((s) => s.info?.name ?? '');
  const [name, setName] = useState(before);
  const rename = (e: FormEvent): void => {
    e.preventDefault();
    close();
    void renameCase(name);
  };
  return (
    <Dialog title="Rename case" width={440} onClose={close}>
      <form className="cb-form" onSubmit={rename}>
        <label>
          <span className="cb-label">Name of the case</span>
          <span className="cb-in">
            <input data-autofocus value={name} maxLength={120} spellCheck={false} onFocus={(e) => e.target.select()} onChange={(e) => setName(e.target.value)} />
          </span>
        </label>
        <p className="cb-t3 cb-f12">The folder keeps its name.</p>
        <div className="cb-form-foot">
          <Button kind="ghost" onClick={close}>
            Cancel
          </Button>
          <Button kind="primary" submit disabled={name.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

export const CaseDialogs = (): ReactElement | null => {
  const dialog = useCaseDialog((s) => s.dialog);
  if (dialog?.kind === 'new') return <NewCaseDialog />;
  if (dialog?.kind === 'rename') return <RenameDialog />;
  if (dialog?.kind === 'verify') {
    return (
      <Dialog title="Check of evidence and log" width={640} onClose={close}>
        <VerifyReportView report={dialog.report} onClose={close} />
      </Dialog>
    );
  }
  return null;
};
