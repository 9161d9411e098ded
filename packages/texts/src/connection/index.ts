export { connectionReport, type ConnectionReportContext } from './connection-report.ts';
export { connectionCheckText, describeConnectionFinding } from './describe-connection-finding.ts';
