export type * from './port.ts';
export { createHuaweiSnmpOlt, type HuaweiSnmpSettings } from './huawei-snmp.ts';
