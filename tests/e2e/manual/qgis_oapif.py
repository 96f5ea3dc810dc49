# qgis_oapif.py - QGIS reads every layer of the service, by hand: too large a
# package for every run (python3-qgis, qgis-providers).
#
#     QT_QPA_PLATFORM=offscreen python3 tests/e2e/manual/qgis_oapif.py http://127.0.0.1:8080/
#
# Each collection is opened by the OAPIF provider, its features are counted and
# read, filtered by a box and by an expression; the counts must be those that
# the service gives itself. Prints a line a layer; exit code 1 when one differs.
import json
import sys
import urllib.parse
import urllib.request

from qgis.core import QgsApplication, QgsFeatureRequest, QgsRectangle, QgsVectorLayer, Qgis

BASE = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/"
BOX = (121.0, 30.55, 121.15, 30.75)


def ask(path, **parameters):
    url = BASE.rstrip("/") + path + "?" + urllib.parse.urlencode({"f": "json", **parameters})
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def matched(name, **parameters):
    return ask(f"/collections/{name}/items", limit=1, **parameters)["numberMatched"]


def expression_of(name):
    """A property of the first feature that is a text, and its value."""
    properties = ask(f"/collections/{name}/items", limit=1)["features"][0]["properties"]
    for key in ("county", "status", "kind", "name"):
        if isinstance(properties.get(key), str):
            return key, properties[key]
    return None, None


def check(name):
    layer = QgsVectorLayer(f"url='{BASE}' typename='{name}' pageSize='1000'", name, "OAPIF")
    if not layer.isValid():
        return f"{name}: not valid: {layer.error().message()}"
    want = matched(name)
    got = sum(1 for _ in layer.getFeatures())
    slips = [] if got == want else [f"{got} features, not {want}"]
    request = QgsFeatureRequest().setFilterRect(QgsRectangle(*BOX))
    inside = sum(1 for _ in layer.getFeatures(request))
    boxed = matched(name, bbox=",".join(map(str, BOX)))
    if inside > boxed:  # QGIS looks at shapes where bbox looks at boxes
        slips.append(f"{inside} features in the box, not {boxed}")
    key, value = expression_of(name)
    if key:
        filtered = QgsVectorLayer(f"url='{BASE}' typename='{name}' sql=\"{key}\" = '{value}'", name, "OAPIF")
        expression = QgsFeatureRequest().setFilterExpression(f"\"{key}\" = '{value}'")
        got = sum(1 for _ in layer.getFeatures(expression))
        want = matched(name, **{key: value})
        if got != want:
            slips.append(f"{got} features with {key} = {value}, not {want}")
        del filtered
    print(f"{name:16} {layer.geometryType()} {want if not slips else slips}")
    return "; ".join(slips) if slips else None


def main():
    application = QgsApplication([], False)
    application.initQgis()
    print("QGIS", Qgis.QGIS_VERSION)
    slips = [f"{one['id']}: {slip}" for one in ask("/collections")["collections"] if (slip := check(one["id"]))]
    for slip in slips:
        print("wrong:", slip)
    application.exitQgis()
    return 1 if slips else 0


sys.exit(main())
