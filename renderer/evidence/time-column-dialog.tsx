/** Which column gives a table its time: only columns that hold times can, and none is an answer, too. */
import { Select } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import type { TableInfo } from '../../main/contract/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { setTimeColumn } from './table-actions.ts';

const none = '\u0000none';

export const TimeColumnDialog = ({ table, onClose }: { table: TableInfo; onClose(): void }): ReactElement => {
  const [column, setColumn] = useState(table.timeColumn ?? none);
  const times = table.columns.filter((c) => c.type === 'datetime');
  const apply = (e: FormEvent): void => {
    e.preventDefault();
    onClose();
    void setTimeColumn(table, column === none ? null : column);
  };
  return (
    <Dialog title={`Time column of ${table.name}`} width={440} onClose={onClose}>
      <form className="cb-form" onSubmit={apply}>
        {times.length === 0 ? (
          <p>No column of this table holds times. Import the file again and set the type of a column to datetime.</p>
        ) : (
          <Select
            label="Column"
            value={column}
            onChange={(next) => setColumn(next ?? none)}
            data={[...times.map((c) => ({ value: c.name, label: c.name })), { value: none, label: 'None: this table has no time' }]}
            data-autofocus
          />
        )}
        <p className="cb-t3">The timeline and the shared time range use this column. Undo takes the change back.</p>
        <div className="cb-form-foot">
          <Button kind="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" submit disabled={times.length === 0}>
            Use this column
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
