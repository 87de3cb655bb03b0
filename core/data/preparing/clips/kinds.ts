export { none } from './none'
export { quantiles } from './quantiles'
export { iqr } from './iqr'
export { deviations } from './deviations'
