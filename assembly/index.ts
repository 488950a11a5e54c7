export { reserve, mark, release } from "./memory";
export { gaussianLogDensity } from "./density/gaussian";
