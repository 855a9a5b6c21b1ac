export { askAboutDevice, keepPosition, lookUpDevice, type DeviceQuestion } from './look-up-device.ts';
export { limitsOf, opticalLimitsNow } from './optical-limits.ts';
export {
  listReadings,
  readingById,
  readingsOfJob,
  recordReading,
  type NewReading,
} from './record-reading.ts';
export { networkRoutes } from './routes.ts';
