# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures musterd and muster-agent against what the machine's own crypto can do, all in one run.

Rates are shares of the signature ceiling: what a CPU second would carry if a signed round trip cost nothing but its
verification and its signature (openssl speed). Memory is what the kernel counts (PSS and private pages).
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def speed(algorithm, seconds):
    """(signatures, verifications) a second of one core, by openssl speed."""
    out = subprocess.run(["openssl", "speed", "-seconds", str(seconds), algorithm], capture_output=True, text=True, check=True).stdout
    sign, verify = map(float, re.findall(r"([\d.]+)\s+([\d.]+)\s*$", out.strip().splitlines()[-1])[0])
    return sign, verify


def cpu_seconds(pid):
    """CPU time of all threads, from the scheduler's nanoseconds."""
    total = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def memory_kib(pid):
    """PSS and private dirty memory in KiB."""
    fields = dict(re.findall(r"^(\w+):\s+(\d+) kB", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M))
    return {"pss": int(fields["Pss"]), "anonymous": int(fields["Pss_Anon"])}


def wakeups(pid):
    """Times that any thread gave up the processor by itself and was woken again."""
    count = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        count += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M)[1])
    return count


def wait_for(condition, what, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    sys.exit(f"bench: {what} did not happen within {seconds} s")


class Endpoint:
    """A musterd of its own, with an admin's API key in a profile."""

    def __init__(self, programs, folder, algorithm="EdDSA", tls=False):
        self.folder = pathlib.Path(folder)
        data, ready = self.folder / "data", self.folder / "ready.json"
        self.profile, self.cloud_key, self.ca = self.folder / "profile.json", data / "keys/cloud_public.pem", None
        key = self.folder / "api-key"
        subprocess.run([programs / "musterd", "user", "add", "--data", data, "--name", "bench", "--role", "admin", "--api-key-file", key], check=True,
                       capture_output=True)
        if algorithm == "RS256":
            # RSA of 2,048 bits, as the ceiling is measured; the server would make a longer one.
            (data / "keys").mkdir(mode=0o700)
            subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", data / "keys/cloud_private.pem"], check=True,
                           capture_output=True)
            (data / "keys/cloud_private.pem").chmod(0o600)
        command = [programs / "musterd", "run", "--data", data, "--listen", "127.0.0.1:0", "--ready-file", ready]
        if tls:
            self.ca, private = self.folder / "cert.pem", self.folder / "key.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", private, "-out", self.ca], check=True, capture_output=True)
            command += ["--tls-certificate", self.ca, "--tls-key", private]
        environment = dict(os.environ, QT_LOGGING_RULES="*.info=false")
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        wait_for(ready.exists, "the start of musterd")
        self.url = json.loads(ready.read_text())["url"]
        self.profile.write_text(json.dumps({"server": self.url, "api_key": key.read_text().strip()}))
        self.device_url = self.url.replace("http", "ws", 1) + "/device"

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class Reference:
    """The same protocol in Node (reference.mjs), which accepts every key by itself."""

    ca = profile = None

    def __init__(self, node_modules, folder, algorithm="EdDSA"):
        folder = pathlib.Path(folder)
        private, self.cloud_key = folder / "node.pem", folder / "node-public.pem"
        kind = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"] if algorithm == "RS256" else ["-algorithm", "ED25519"]
        subprocess.run(["openssl", "genpkey", *kind, "-out", private], check=True, capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", self.cloud_key], check=True, capture_output=True)
        # Modules look for their packages from where they stand.
        program = folder / "reference.mjs"
        program.write_text((pathlib.Path(__file__).parent / "reference.mjs").read_text())
        (folder / "node_modules").symlink_to(node_modules)
        self.process = subprocess.Popen(["node", program, private], stdout=subprocess.PIPE, text=True)
        self.device_url = f"ws://127.0.0.1:{int(self.process.stdout.readline())}/device"

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def simulator(programs, endpoint, devices, *more):
    command = [programs / "muster-sim", "--devices", str(devices), "--server", endpoint.device_url, "--cloud-key", endpoint.cloud_key, "--json",
               "--report-every", "0"]
    if endpoint.profile:
        command += ["--accept-with", endpoint.profile]
    if endpoint.ca:
        command += ["--ca-certificate", endpoint.ca]
    return subprocess.Popen([str(part) for part in (*command, *more)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def accepted(process, devices):
    """Reads the simulator's progress until all its devices are accepted."""
    late = threading.Timer(120, process.kill)
    late.start()
    said = []
    for line in process.stderr:
        said = (said + [line])[-5:]
        if re.search(rf"\baccepted {devices}\b", line):
            late.cancel()
            return
    sys.exit("bench: the simulated devices were not all accepted within 120 s; the last that was said:\n" + "".join(said))


def servers(programs, options, folder, algorithm):
    """Ours, and the reference where Node's packages are at hand."""
    yield "muster", lambda: Endpoint(programs, folder, algorithm)
    if options.node_modules:
        yield "node", lambda: Reference(options.node_modules, folder, algorithm)


def measure_roundtrips(programs, options):
    """Signed calls of devices, answered by the server, a CPU second of the server."""
    results = {}
    for algorithm, openssl in (("EdDSA", "ed25519"), ("RS256", "rsa2048")):
        before_sign, before_verify = speed(openssl, 1)
        rates = {}
        with tempfile.TemporaryDirectory() as folder:
            for name, start in servers(programs, options, folder, algorithm):
                with start() as endpoint:
                    process = simulator(programs, endpoint, 20, "--rate", "max", "--duration", str(options.seconds), "--algorithm", algorithm)
                    accepted(process, 20)
                    cpu, started = cpu_seconds(endpoint.pid), time.monotonic()
                    time.sleep(max(1, options.seconds - 2))
                    used, took = cpu_seconds(endpoint.pid) - cpu, time.monotonic() - started
                    rates[name] = json.loads(process.communicate()[0])["calls_per_second"] * took / used
        after_sign, after_verify = speed(openssl, 1)
        sign, verify = (before_sign + after_sign) / 2, (before_verify + after_verify) / 2
        ceiling = 1 / (1 / sign + 1 / verify)
        results[algorithm] = {"ceiling": round(ceiling), "sign_per_second": round(sign), "verify_per_second": round(verify)}
        for name, rate in rates.items():
            results[algorithm][name] = {"per_cpu_second": round(rate), "share_percent": round(100 * rate / ceiling, 1),
                                        "beside_signatures_us": round(1e6 * (1 / rate - 1 / ceiling), 1)}
    return results


def measure_latency(programs, options):
    """Round trips of 100 devices at 500 a second in all."""
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, start in servers(programs, options, folder, "EdDSA"):
            with start() as endpoint:
                process = simulator(programs, endpoint, 100, "--rate", "500", "--duration", str(options.seconds))
                result = json.loads(process.communicate()[0])
            results[name] = {"p50_ms": result["latency_ms"]["p50"], "p99_ms": result["latency_ms"]["p99"], "calls": result["calls"], "errors": result["errors"]}
    return results


def measure_memory(programs, options):
    """What the server holds for each idle accepted device, plain and TLS, and by itself."""
    results = {}
    for name, tls in (("plain", False), ("tls", True)):
        with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder, tls=tls) as endpoint:
            empty = memory_kib(endpoint.pid)
            process = simulator(programs, endpoint, options.devices, "--duration", "6")
            accepted(process, options.devices)
            time.sleep(4)
            full = memory_kib(endpoint.pid)
            process.communicate()
        results[name] = {"devices": options.devices, "per_device_kib": round((full["anonymous"] - empty["anonymous"]) / options.devices, 1),
                         "server_idle_pss_mib": round(empty["pss"] / 1024, 1)}
    return results


def measure_agent(programs, options):
    """An idle accepted agent: memory, CPU and wake-ups a minute."""
    with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder) as endpoint:
        agent = subprocess.Popen([programs / "muster-agent", "run", "--server", endpoint.device_url, "--device-id", "bench-agent", "--data", f"{folder}/agent",
                                  "--cloud-key", endpoint.cloud_key], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            headers = ["-sf", "-H", "Authorization: Bearer " + json.loads(endpoint.profile.read_text())["api_key"]]
            def ask(*what):
                return json.loads(subprocess.run(["curl", *headers, *what], capture_output=True, text=True, check=False).stdout or "{}")
            waiting = wait_for(lambda: ask(f"{endpoint.url}/api/v2/approvals").get("items"), "the agent's key")
            ask("-X", "POST", f"{endpoint.url}/api/v2/approvals/{waiting[0]['id']}/accept")
            wait_for(lambda: ask(f"{endpoint.url}/api/v2/devices").get("total"), "the agent's acceptance")
            time.sleep(15)
            cpu, woken = cpu_seconds(agent.pid), wakeups(agent.pid)
            time.sleep(60)
            result = {"cpu_ms_a_minute": round(1000 * (cpu_seconds(agent.pid) - cpu), 1), "wakeups_a_minute": wakeups(agent.pid) - woken, **memory_kib(agent.pid)}
        finally:
            agent.terminate()
            agent.wait(30)
    return {"cpu_ms_a_minute": result["cpu_ms_a_minute"], "wakeups_a_minute": result["wakeups_a_minute"], "pss_mib": round(result["pss"] / 1024, 1),
            "own_mib": round(result["anonymous"] / 1024, 1)}


PARTS = {"roundtrips": measure_roundtrips, "latency": measure_latency, "memory": measure_memory, "agent": measure_agent}


HEAD = ("what", "Node, same run", "measured", "goal")


def table(results):
    rows = []
    for algorithm, one in results.get("roundtrips", {}).items():
        goal = "85 %" if algorithm == "EdDSA" else "90 %"
        ours, node = one["muster"], one.get("node")
        rows.append((f"signed round trips a CPU second, {algorithm}", f"{node['share_percent']} %" if node else "-",
                     f"{ours['per_cpu_second']} = {ours['share_percent']} % of {one['ceiling']}", goal))
        rows.append((f"a call beside its two signatures, {algorithm}", f"{node['beside_signatures_us']} us" if node else "-",
                     f"{ours['beside_signatures_us']} us", "20 us"))
    if latency := results.get("latency"):
        both = {name: f"p50 {one['p50_ms']:.2f} ms, p99 {one['p99_ms']:.2f} ms" for name, one in latency.items()}
        rows.append(("round trip at 500 a second, 100 devices", both.get("node", "-"), both["muster"], "Node's"))
    for name, one in results.get("memory", {}).items():
        rows.append((f"server memory a device, {one['devices']} devices, {name}", "-", f"{one['per_device_kib']} KiB", "35 KiB" if name == "plain" else "150 KiB"))
    if memory := results.get("memory"):
        rows.append(("server idle (PSS)", "-", f"{memory['plain']['server_idle_pss_mib']} MiB", "59 MiB"))
    if agent := results.get("agent"):
        rows.append(("agent memory, own / whole (PSS)", "-", f"{agent['own_mib']} / {agent['pss_mib']} MiB", "9.5 / 36 MiB"))
        rows.append(("agent idle, CPU a minute / wake-ups a minute", "-", f"{agent['cpu_ms_a_minute']} ms / {agent['wakeups_a_minute']}", "30 ms / 60"))
    widths = [max(len(row[column]) for row in rows + [HEAD]) for column in range(4)]
    for row in [HEAD, tuple("-" * width for width in widths), *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the release programs")
    parser.add_argument("--seconds", type=int, default=10, help="length of each rate measurement")
    parser.add_argument("--devices", type=int, default=2000, help="devices of the memory measurement")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure: " + ", ".join(PARTS))
    parser.add_argument("--node-modules", type=pathlib.Path, help="folder with ws and canonicalize: measures the reference in Node as well")
    parser.add_argument("--json", type=pathlib.Path, help="file for the figures")
    options = parser.parse_args()
    results = {}
    for part in options.only.split(","):
        if part not in PARTS:
            sys.exit(f"bench: there is no part {part}: it takes {', '.join(PARTS)}")
        print(f"measuring {part} ...", file=sys.stderr)
        results[part] = PARTS[part](options.bin, options)
    table(results)
    if options.json:
        options.json.write_text(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
