#!/usr/bin/env python3
"""Runs the suite on the independent endpoint: plain, with every honest switch, with every lie.

    run.py PROGRAM [--jobs N] [--only GLOB,...] [--kind plain|honest|lie] [--out DIR] [--limit SECONDS]

Prints a table, and writes it and every run's reports below --out. Ends with 1 when an honest switch is
accused or gets no verdict, or a lie is missed; with 2 when it could not run.
"""
import argparse
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
print_lock = threading.Lock()
running = set()

# The checks that are likely to see a switch, by the first word of its name.
THEMES = {
    "token": "idempotency.*,race.*,model.*",
    "auth": "auth.*", "access-key": "auth.*", "timestamp": "auth.*", "echo": "auth.*,answer.*", "order": "auth.*",
    "session": "auth.*,lifecycle.accounts/*", "error": "auth.*,answer.*",
    "tags": "param.Tags*,lifecycle.stored/*,error.*Tag*", "index": "param.Tags*,error.*Tag*",
    "list": "lifecycle.*,idempotency.*", "page": "lifecycle.*", "row": "lifecycle.*,answer.*", "next": "lifecycle.*,answer.*",
    "times": "lifecycle.*,answer.*", "account-id": "lifecycle.*,answer.*", "log-ids": "lifecycle.*,answer.*",
    "delete": "lifecycle.*,quota.*", "resource": "lifecycle.*,param.ResourceId.*,idempotency.*", "unknown-id": "lifecycle.*",
    "trim": "param.*.values/*,param.*.first/*,param.*.characters/*,param.*.exists/*",
    "words": "param.*.values/*", "letters": "param.*.characters/*,param.*.first/*,param.*.edges/*,lifecycle.stored/*",
    "length": "param.*.length/*", "description": "param.Description.*,lifecycle.stored/*",
    "interval": "param.AggregationInterval.*,lifecycle.stored/*,answer.*,request.*", "log-names": "param.Log*",
    "name": "param.FlowLogName.*,lifecycle.stored/*", "empty": "param.*.required/*,param.*/empty",
    "unknown": "request.*", "params": "request.*", "id": "answer.*,lifecycle.*", "coden": "answer.*", "type": "answer.*,auth.*",
    "status": "answer.*,lifecycle.*", "post": "auth.*,request.*", "json": "auth.*,request.*",
    "message": "error.*,answer.*", "envelope": "answer.*,auth.*", "version": "auth.*,param.Version*",
    "stored": "lifecycle.*", "state": "lifecycle.*", "types": "lifecycle.*,race.*,param.FlowLogName.*,request.every-type/*",
    "create": "lifecycle.*", "answer": "answer.*,lifecycle.*", "default": "lifecycle.*",
    "quota": "quota.*,race.*,lifecycle.*", "binding": "quota.*,race.*,error.*Bound/*",
    "conflict": "lifecycle.*,idempotency.*,race.*,quota.*",
    "plus": "lifecycle.*,param.Description.characters/*", "astral": "lifecycle.*,param.*.characters/*",
    "refused": "param.FlowLogName.*", "chance": "param.Description.*", "unique": "lifecycle.*,idempotency.*",
    "front": "param.*.length/*,param.Tags.N.Key.count/*,lifecycle.*,race.*", "rate": "lifecycle.*,auth.*,race.*",
}


def arguments():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("program", type=pathlib.Path, help="path of flowlog-conformance")
    p.add_argument("--jobs", type=int, default=2, help="runs at a time (2)")
    p.add_argument("--only", default="*", help="switches to try: patterns, separated by commas")
    p.add_argument("--kind", choices=["plain", "honest", "lie"], help="one kind alone")
    p.add_argument("--out", type=pathlib.Path, help="folder for reports (a temporary one)")
    p.add_argument("--limit", type=int, default=900, help="seconds that one run may take (900)")
    p.add_argument("--seed", default="1")
    p.add_argument("--quick", action="store_true",
                   help="try a lie on the checks of its theme first, and in a whole run where those do not see it; "
                        "an honest switch on the checks of its theme alone")
    return p.parse_args()


def build(folder):
    binary = folder / "endpoint"
    subprocess.run(["go", "build", "-o", str(binary), "."], cwd=HERE, check=True)
    return binary


def takes_actions(program):
    """Whether the program can be asked for the checks of one action."""
    text = subprocess.run([program.resolve(), "run", "--help"], check=True, capture_output=True, text=True).stdout
    return "--action" in text


def table(binary, args):
    """The switches that were asked for, as dictionaries; the plain endpoint is the one without a name."""
    rows = [{"kind": "plain", "name": "plain", "actions": "all", "with": "", "about": ""}]
    text = subprocess.run([binary, "-list"], check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        rows.append(dict(zip(["kind", "name", "actions", "with", "about"], line.split("\t"))))
    if not takes_actions(args.program):
        rows = [{**r, "actions": ""} for r in rows]
    patterns = args.only.split(",")
    return [r for r in rows if any(fnmatch.fnmatch(r["name"], p) for p in patterns)
            and args.kind in (None, r["kind"])]


def start(command, **more):
    process = subprocess.Popen([str(c) for c in command], **more)
    running.add(process)
    return process


def interrupted(signal_number, _frame):
    """Ends what was started, and then this program."""
    for process in list(running):
        process.kill()
    os._exit(128 + signal_number)


def stop(process):
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    running.discard(process)


def suite(args, profile, folder, actions, only):
    """Runs the suite once; returns its exit status, or "limit"."""
    command = [str(args.program.resolve()), "run", "--profile", str(profile), "--out", str(folder / "report"),
               "--state", str(folder / "state"), "--seed", args.seed]
    if only:
        command += ["--only", only]
    if actions:
        command += ["--action", actions]
    with open(folder / "console.txt", "w") as console:
        process = start(command, cwd=folder, stdout=console, stderr=subprocess.STDOUT)
        try:
            return process.wait(args.limit)
        except subprocess.TimeoutExpired:
            return "limit"
        finally:
            stop(process)


def once(args, binary, row, actions, folder, only=None):
    """One run on a fresh endpoint; returns what its report counts."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = [n for n in ([] if row["kind"] == "plain" else [row["name"], row["with"]]) if n]
    profile = folder / "profile.json"
    log = open(folder / "endpoint.txt", "w")
    server = start([binary, "-switch", ",".join(names), "-write-profile", profile], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        if not server.stdout.readline().startswith("listening"):
            raise RuntimeError(f"{row['name']}: the endpoint did not start")
        begun = time.monotonic()
        status = suite(args, profile, folder, actions, only)
        seconds = time.monotonic() - begun
    finally:
        stop(server)
        server.stdout.close()
        log.close()
    result = {"actions": only or actions or "default", "status": status, "seconds": seconds, "deviating": [],
              "finding": [], "inconclusive": [], "requests": 0, "judged": 0}
    try:
        report = json.loads((folder / "report" / "report.json").read_text())
    except (OSError, ValueError):
        return result
    result["requests"] = report["requests"]
    for check in report["checks"]:
        if check["verdict"] in result:
            result[check["verdict"]].append(check["id"])
        result["judged"] += check["verdict"] not in ("skipped", "inconclusive")
    return result


def judge(kind, result):
    """What a run says of the suite: fine, or what is wrong with it."""
    if kind == "lie":
        return "caught" if result["deviating"] else "MISSED"
    if result["deviating"]:
        return "ACCUSED"
    return "fine" if result["status"] == 0 else "NO VERDICT"


def attempt(args, binary, row, out):
    """The runs of one switch: the default one, and that of its actions where it concerns others."""
    results = []
    theme = THEMES.get(row["name"].split(".")[0])
    if args.quick and theme:
        result = once(args, binary, row, None, out / row["name"], theme)
        result["verdict"] = judge(row["kind"], result)
        if result["verdict"] == "caught" or row["kind"] == "honest":
            results.append(result)
    for actions in [] if results else [None] + ([row["actions"]] if row["actions"] else []):
        folder = out / (row["name"] if actions is None else row["name"] + "@" + actions.replace(",", "+"))
        result = once(args, binary, row, actions, folder)
        result["verdict"] = judge(row["kind"], result)
        results.append(result)
        if row["kind"] == "lie" and result["verdict"] == "caught":
            break
    for result in results:
        line = format_row(row, result)
        with print_lock:
            print(line, flush=True)
    if row["kind"] == "lie":
        good = any(r["verdict"] == "caught" for r in results)
    else:
        good = all(r["verdict"] == "fine" for r in results)
    return row, results, good


HEAD = ("| switch | kind | actions | verdict | exit | deviating | findings | inconclusive | judged | requests | s |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|")


def format_row(row, r):
    shown = ", ".join(r["deviating"][:4]) + (", …" if len(r["deviating"]) > 4 else "")
    deviating = f"{len(r['deviating'])}" + (f": {shown}" if shown else "")
    return (f"| {row['name']} | {row['kind']} | {r['actions']} | {r['verdict']} | {r['status']} | {deviating} "
            f"| {len(r['finding'])} | {len(r['inconclusive'])} | {r['judged']} | {r['requests']} | {r['seconds']:.0f} |")


def write(out, done):
    lines = [HEAD] + [format_row(row, r) for row, results, _ in done for r in results]
    (out / "table.md").write_text("\n".join(lines) + "\n")
    (out / "table.json").write_text(json.dumps([{**row, "runs": results, "good": good} for row, results, good in done], indent=1))


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, interrupted)
    signal.signal(signal.SIGINT, interrupted)
    if not os.access(args.program, os.X_OK):
        print(f"run.py: no program at {args.program}", file=sys.stderr)
        return 2
    out = (args.out or pathlib.Path(tempfile.mkdtemp(prefix="independent-"))).resolve()
    out.mkdir(parents=True, exist_ok=True)
    binary = build(out)
    rows = table(binary, args)
    if not rows:
        print(f"run.py: no switch is named {args.only}", file=sys.stderr)
        return 2
    print(HEAD)
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        done = list(pool.map(lambda row: attempt(args, binary, row, out), rows))
    write(out, done)
    bad = [(row, results) for row, results, good in done if not good]
    lies = [d for d in done if d[0]["kind"] == "lie"]
    print(f"\n{len(done) - len(lies)} honest endpoints, {sum(not d[2] for d in done if d not in lies)} accused or without a verdict; "
          f"{len(lies)} lies, {sum(not d[2] for d in lies)} missed. Reports: {out}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
