// GCJ-02 to WGS 84 (here the same as CGCS2000 to a few centimetres): the
// published forward formula, turned round by iteration until the step is below
// 1e-10 degrees (0.01 mm).
const AXIS_M = 6378245; // Krasovsky 1940
const ECCENTRICITY2 = 0.006693421622965823;
const STEP_DEG = 1e-10;
const STEPS_MAX = 30;

const radians = (degrees) => (degrees * Math.PI) / 180;
const sine = (t, period) => Math.sin((t * Math.PI) / period);

function waves(x, t, [a, b], [p, q]) {
  const shared = 20 * sine(x, 1 / 6) + 20 * sine(x, 1 / 2);
  const own = 20 * sine(t, 1) + 40 * sine(t, 3);
  return ((shared + own + a * sine(t, p) + b * sine(t, q)) * 2) / 3;
}

function shift(x, y) {
  const root = Math.sqrt(Math.abs(x));
  const lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
  const lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
  return {
    lat: lat + waves(x, y, [160, 320], [12, 30]),
    lon: lon + waves(x, x, [150, 300], [12, 30]),
  };
}

export function fromWgs84([lon, lat]) {
  const moved = shift(lon - 105, lat - 35);
  const sin = Math.sin(radians(lat));
  const m = 1 - ECCENTRICITY2 * sin * sin;
  const meridian = (AXIS_M * (1 - ECCENTRICITY2)) / (m * Math.sqrt(m));
  const parallel = (AXIS_M / Math.sqrt(m)) * Math.cos(radians(lat));
  return [
    lon + (moved.lon * 180) / (parallel * Math.PI),
    lat + (moved.lat * 180) / (meridian * Math.PI),
  ];
}

export function toWgs84(target) {
  let [lon, lat] = target;
  for (let step = 0; step < STEPS_MAX; step++) {
    const got = fromWgs84([lon, lat]);
    const error = [got[0] - target[0], got[1] - target[1]];
    lon -= error[0];
    lat -= error[1];
    if (Math.max(Math.abs(error[0]), Math.abs(error[1])) < STEP_DEG) break;
  }
  return [lon, lat];
}
