/** What a check of the case found: counts that add up, and each finding with what is wrong. */
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import type { VerifyFinding, VerifyReport } from '../../main/contract/index.ts';
import { formatCount, plural } from '../../main/shared/format.ts';
import { shell } from '../engine/bridge.ts';
import { Button } from '../ui/button.tsx';
import { EvidenceText } from '../ui/evidence-text.tsx';
import { Icon } from '../ui/icon.tsx';

const problems: Record<VerifyFinding['problem'], string> = { changed: 'changed', missing: 'missing', unreadable: 'can’t be read', broken: 'broken' };
const kinds: Record<VerifyFinding['kind'], string> = { evidence: 'Evidence', table: 'Table', log: 'Log', database: 'Database' };

export const reportText = (report: VerifyReport): string =>
  [
    `Evidence files checked: ${formatCount(report.evidenceChecked)}`,
    `Evidence files not reachable: ${formatCount(report.evidenceAbsent)}`,
    `Tables checked: ${formatCount(report.tablesChecked)}`,
    `Log entries checked: ${formatCount(report.logEntries)}`,
    ...report.findings.map((f) => `${kinds[f.kind]} ${f.name}: ${problems[f.problem]}. ${f.detail}`),
  ].join('\n');

export const VerifyReportView = ({ report, onClose }: { report: VerifyReport; onClose(): void }): ReactElement => {
  const n = report.findings.length;
  return (
    <div className="cb-form">
      <div className={report.ok ? 'cb-verdict cb-ok' : 'cb-verdict cb-err'}>
        <Icon of={report.ok ? IconShieldCheck : IconAlertTriangle} size={20} />
        <span>{report.ok ? 'Every byte matches what was recorded.' : `${plural(n, 'finding')}. Nothing was changed by this check.`}</span>
      </div>
      <dl className="cb-pairs cb-pairs-wide">
        <dt>Tables</dt>
        <dd>{formatCount(report.tablesChecked)} checked against their SHA-256</dd>
        <dt>Evidence</dt>
        <dd>
          {formatCount(report.evidenceChecked)} checked
          {report.evidenceAbsent > 0 && `, ${plural(report.evidenceAbsent, 'original')} outside the case can’t be reached now`}
        </dd>
        <dt>Log</dt>
        <dd>{plural(report.logEntries, 'entry', 'entries')}, each chained to the one before</dd>
      </dl>
      {n > 0 && (
        <ul className="cb-findings">
          {report.findings.map((f, i) => (
            <li key={i}>
              <span className="cb-badge cb-badge-err">{problems[f.problem]}</span>
              <span>
                <b>{kinds[f.kind]}</b>{' '}
                <span className="cb-mono cb-select">
                  <EvidenceText text={f.name} />
                </span>
                <br />
                <span className="cb-t2 cb-select">{f.detail}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="cb-form-foot">
        <Button kind="ghost" onClick={() => void shell('shell.copyText', { text: reportText(report) }).catch(() => undefined)}>
          Copy report
        </Button>
        <Button kind="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </div>
  );
};
