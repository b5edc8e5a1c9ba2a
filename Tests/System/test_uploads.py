"""Contracts in several files, as archives and folders: what other files describe is served as what
one file describes, judged by an independent validator."""

import io
import json
import os
import posixpath
import subprocess
import unittest
import zipfile

from harness import OnePlatform, executable, temporary_folder
from test_contracts import CORPUS, Checked

import yaml

MUSEUM = os.path.join(CORPUS, "openapi", "museum-3.1.yaml")
OTP = os.path.join(CORPUS, "openapi", "camara-otp")


class Uploads(OnePlatform):
    def setUp(self):
        self.tenant = self.platform.sign_up()
        self.sandbox = self.tenant.create_sandbox()

    @unittest.skipUnless(os.path.exists(MUSEUM), "corpus absent")
    def test_a_published_contract_split_into_files_serves_what_the_whole_one_serves(self):
        archive = os.path.join(temporary_folder(), "museum.zip")
        with open(MUSEUM) as file:
            files = split(yaml.safe_load(file))
        self.assertGreater(len(files), 20)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for path, content in files.items():
                zipped.writestr(path, content)
        imported = self.run_command(archive, "--name", "museum", "--sandbox", self.sandbox.slug)
        self.assertEqual((imported["operations"], imported["warnings"]), (8, []))
        checked = Checked(MUSEUM, self.sandbox, "museum")
        checked.credential = {"Authorization": "Basic a2V5Og=="}
        event = {"name": "Mermaid Treasure", "location": "Under the sea", "price": 30,
                 "eventDescription": "With treasures.", "dates": ["2023-09-05", "2023-09-08"]}
        made = checked.call("POST", "/special-events", event)
        self.assertEqual({name: made[name] for name in event}, event)
        read = checked.call("GET", f"/special-events/{made['eventId']}")
        self.assertEqual(read, made)
        self.assertIn(made, checked.call("GET", "/special-events"))
        changed = checked.call("PATCH", f"/special-events/{made['eventId']}", {"location": "On the beach"})
        self.assertEqual(changed["location"], "On the beach")
        checked.call("GET", "/museum-hours")

    @unittest.skipUnless(os.path.exists(OTP), "corpus absent")
    def test_a_published_contract_of_several_files_is_imported_from_its_folder(self):
        imported = self.run_command(OTP, "--name", "otp", "--sandbox", self.sandbox.slug)
        self.assertEqual((imported["operations"], imported["warnings"]), (2, []))
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, "w") as archive:
            for folder, _, names in os.walk(OTP):
                for name in names:
                    path = os.path.join(folder, name)
                    archive.write(path, os.path.relpath(path, OTP))
        again = self.platform.call(
            "POST", "/v1/contracts?name=otp", key=self.tenant.key, body=zipped.getvalue(),
            headers={"Content-Type": "application/zip"})
        self.assertEqual((again.status, again.json["id"]), (201, imported["id"]), again)
        files = [os.path.join(OTP, "common", "CAMARA_common.yaml"),
                 os.path.join(OTP, "API_definitions", "one-time-password-sms.yaml")]
        named = self.run_command(*files, "--name", "otp")
        self.assertEqual(named["id"], imported["id"])

        checked = Checked(
            os.path.join(OTP, "API_definitions", "one-time-password-sms.yaml"), self.sandbox, "otp")
        checked.server, checked.base = "http://localhost:9091", "/one-time-password-sms/vwip"
        sent = checked.call("POST", "/send-code", {
            "phoneNumber": "+346661113334", "message": "{{code}} is your code"})
        self.assertLessEqual(len(sent["authenticationId"]), 36)
        # The number's pattern stands in another file.
        refused = self.sandbox.platform.call(
            "POST", "/send-code", host=checked.host, key=self.sandbox.key,
            json_body={"phoneNumber": "no number", "message": "{{code}}"})
        self.assertEqual(refused.status, 400, refused)

    def test_an_archive_without_a_contract_is_refused_by_the_command(self):
        archive = os.path.join(temporary_folder(), "none.zip")
        with zipfile.ZipFile(archive, "w") as zipped:
            zipped.writestr("schemas/a.yaml", "type: object\n")
        done = self.command(archive)
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(json.loads(done.stdout)["code"], "contract_invalid")
        lint = subprocess.run([executable(), "contract", "lint", archive],
                              capture_output=True, text=True, timeout=60)
        self.assertNotEqual(lint.returncode, 0, lint)
        self.assertIn("no file of the upload", lint.stderr)

    def run_command(self, *arguments):
        done = self.command(*arguments)
        self.assertEqual(done.returncode, 0, done)
        return json.loads(done.stdout)

    def command(self, *arguments):
        return subprocess.run(
            [executable(), "contract", "import", *arguments, "--json", "--key", self.tenant.key,
             "--url", f"http://127.0.0.1:{self.platform.port}"],
            capture_output=True, text=True, timeout=60)


def split(document):
    """The files of a contract with each path item and each component in one of its own: schemas,
    answers and examples by `components/KIND/NAME.json`, path items by `paths/N.yaml`."""
    files = {}
    for kind, entries in document.pop("components").items():
        if kind == "securitySchemes":
            document["components"] = {kind: entries}
            continue
        for name, entry in entries.items():
            path = f"components/{kind}/{name}.json"
            files[path] = json.dumps(relative(entry, path), default=str)
    for number, (name, item) in enumerate(document["paths"].items()):
        path = f"paths/{number}.yaml"
        files[path] = yaml.safe_dump(relative(item, path), sort_keys=False)
        document["paths"][name] = {"$ref": f"./{path}"}
    files["openapi.yaml"] = yaml.safe_dump(
        relative(document, "openapi.yaml"), sort_keys=False)
    return files


def relative(value, path):
    """The same with each reference to a component leading to its file."""
    if isinstance(value, list):
        return [relative(item, path) for item in value]
    if not isinstance(value, dict):
        return value
    made = {name: relative(member, path) for name, member in value.items()}
    reference = value.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/components/"):
        target = reference.removeprefix("#/") + ".json"
        made["$ref"] = posixpath.relpath(target, posixpath.dirname(path))
    return made


if __name__ == "__main__":
    unittest.main()
