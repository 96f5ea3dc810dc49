// Small questions to rings and polygons, and what a coarse ring needs to be
// valid. A ring is a list of [x, y], its last point equal to its first.
import clipping from 'polygon-clipping';

export function signedArea(ring) {
  let twice = 0;
  for (let i = 1; i < ring.length; i++)
    twice += ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1];
  return twice / 2;
}

const areaOf = (ring) => Math.abs(signedArea(ring));

// A ring quantised to a coarse grid touches and crosses itself: the largest of
// the simple rings it falls into is the shape, the others are one or two cells.
export function largestSimpleRing(ring) {
  const outer = clipping.union([ring]).map((rings) => rings[0]);
  return outer.reduce((best, next) => (areaOf(next) > areaOf(best) ? next : best));
}

// The outer rings of all rings together.
export const joined = (rings) => clipping.union(...rings.map((ring) => [ring])).map(([outer]) => outer);

export const counterclockwise = (ring) => (signedArea(ring) > 0 ? ring : [...ring].reverse());

export function isInRing([x, y], ring) {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
      inside = !inside;
  }
  return inside;
}

export const isInPolygons = (point, polygons) =>
  polygons.some(([outer]) => isInRing(point, outer));
