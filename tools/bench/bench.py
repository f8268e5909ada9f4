# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures musterd and muster-agent against what the machine's own crypto can do, all in one run.

Rates are shares of the signature ceiling: what a CPU second would carry if a signed round trip cost nothing but its
verification and its signature (openssl speed). Memory is what the kernel counts (PSS and private pages).
"""
import argparse
import concurrent.futures
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.parse


class Failed(Exception):
    """A part cannot be measured; the others can."""


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
    raise Failed(f"{what} did not happen within {seconds} s")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Endpoint:
    """A musterd of its own, with an admin's API key in a profile."""

    def __init__(self, programs, folder, algorithm="EdDSA", tls=False, web=None, database=(), beside=None):
        """database: options of musterd that name one; beside: the endpoint that leads it, whose key and account this one takes."""
        # Whoever stands by says so at its port, and is ready later: the port is known before.
        self.folder, self.port, self.is_shared = pathlib.Path(folder), free_port() if database else 0, bool(database)
        data = self.folder / "data"
        self.profile, self.cloud_key, self.ca = self.folder / "profile.json", data / "keys/cloud_public.pem", None
        key = self.folder / "api-key"
        began = time.monotonic()
        if beside:
            shutil.copytree(beside.cloud_key.parent, data / "keys")
            key = beside.folder / "api-key"
        else:
            subprocess.run([programs / "musterd", "user", "add", "--data", data, *database, "--name", "bench", "--role", "admin", "--api-key-file", key], check=True,
                           capture_output=True)
        # How long what comes before the start took, s.
        self.prepared = time.monotonic() - began
        if algorithm == "RS256":
            # RSA of 2,048 bits, as the ceiling is measured; the server would make a longer one.
            (data / "keys").mkdir(mode=0o700)
            subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", data / "keys/cloud_private.pem"], check=True,
                           capture_output=True)
            (data / "keys/cloud_private.pem").chmod(0o600)
        # Rates are what is measured: no device has a budget.
        self.command = [programs / "musterd", "run", "--data", data, "--device-messages", "0", *database]
        if tls:
            self.ca, private = self.folder / "cert.pem", self.folder / "key.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
                            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", private, "-out", self.ca], check=True, capture_output=True)
            self.command += ["--tls-certificate", self.ca, "--tls-key", private]
        if web:
            self.command += ["--web", web]
        self.api_key = key.read_text().strip()
        self.start()
        self.profile.write_text(json.dumps({"server": self.url, "api_key": self.api_key}))
        self.device_url = self.url.replace("http", "ws", 1) + "/device"

    def start(self):
        """At the port that it had, once it had one."""
        ready = self.folder / "ready.json"
        ready.unlink(missing_ok=True)
        environment = dict(os.environ, QT_LOGGING_RULES="*.info=false")
        self.process = subprocess.Popen([*self.command, "--listen", f"127.0.0.1:{self.port}", "--ready-file", ready], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env=environment)
        if self.is_shared:
            wait_for(lambda: self.status() is not None, "an answer of musterd", 300)
            self.url = f"http://127.0.0.1:{self.port}"
        else:
            wait_for(lambda: ready.exists() or self.process.poll() is not None, "the start of musterd", 300)
            if not ready.exists():
                raise Failed("musterd ended at once")
            self.url = json.loads(ready.read_text())["url"]
        self.port = urllib.parse.urlsplit(self.url).port

    def kill(self):
        """As a crash ends it."""
        self.process.kill()
        self.process.wait()

    def get(self, path, timeout=3):
        """Status and text of a page, on a connection of its own."""
        if self.ca:
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=timeout, context=ssl.create_default_context(cafile=self.ca))
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={"Authorization": "Bearer " + self.api_key})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def status(self):
        """Of its health; none where nothing answers."""
        try:
            return self.get("/healthz")[0]
        except OSError:
            return None

    def metrics(self):
        """Name to value; empty where it does not answer in time."""
        try:
            status, text = self.get("/metrics")
        except OSError:
            return {}
        return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{.*\})?) (\S+)$", text, re.M)} if status == 200 else {}

    def ask(self, where, *how):
        """What the operator API answers; empty where it refuses."""
        answer = subprocess.run(["curl", "-sf", "-H", "Authorization: Bearer " + self.api_key, "-H", "Content-Type: application/json", *how, f"{self.url}/api/v2{where}"],
                                capture_output=True, text=True, check=False)
        return json.loads(answer.stdout or "{}")

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
    # Each acceptance is a commit: a fleet of thousands takes minutes before there is anything to measure.
    seconds = 120 + devices // 20
    late = threading.Timer(seconds, process.kill)
    late.start()
    said = []
    for line in process.stderr:
        said = (said + [line])[-5:]
        if re.search(rf"\baccepted {devices}\b", line):
            late.cancel()
            return
    raise Failed(f"the simulated devices were not all accepted within {seconds} s; the last that was said:\n" + "".join(said))


def servers(programs, options, folder, algorithm):
    """Ours, and the reference where Node's packages are at hand."""
    yield "muster", lambda: Endpoint(programs, folder, algorithm)
    if options.node_modules:
        yield "node", lambda: Reference(options.node_modules, folder, algorithm)


def measure_roundtrips(programs, options, results):
    """Signed calls of devices, answered by the server, a CPU second of the server."""
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
        one = {"ceiling": round(ceiling), "sign_per_second": round(sign), "verify_per_second": round(verify)}
        for name, rate in rates.items():
            one[name] = {"per_cpu_second": round(rate), "share_percent": round(100 * rate / ceiling, 1),
                         "beside_signatures_us": round(1e6 * (1 / rate - 1 / ceiling), 1)}
        results[algorithm] = one


def measure_latency(programs, options, results):
    """Round trips of 100 devices at 500 a second in all."""
    with tempfile.TemporaryDirectory() as folder:
        for name, start in servers(programs, options, folder, "EdDSA"):
            with start() as endpoint:
                process = simulator(programs, endpoint, 100, "--rate", "500", "--duration", str(options.seconds))
                result = json.loads(process.communicate()[0])
            results[name] = {"p50_ms": result["latency_ms"]["p50"], "p99_ms": result["latency_ms"]["p99"], "calls": result["calls"], "errors": result["errors"]}


def measure_memory(programs, options, results):
    """What the server holds for each idle accepted device, plain and TLS, and by itself."""
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


class Agent:
    """A real muster-agent on an endpoint, accepted."""

    def __init__(self, programs, endpoint, folder, environment=None):
        self.endpoint, self.id = endpoint, "bench-agent"
        self.process = subprocess.Popen([programs / "muster-agent", "run", "--server", endpoint.device_url, "--device-id", self.id, "--data", f"{folder}/agent",
                                         "--cloud-key", endpoint.cloud_key], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        env=dict(os.environ, **(environment or {})))

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        waiting = wait_for(lambda: self.endpoint.ask("/approvals").get("items"), "the agent's key")
        self.endpoint.ask(f"/approvals/{waiting[0]['id']}/accept", "-X", "POST")
        wait_for(lambda: self.endpoint.ask("/devices").get("total"), "the agent's acceptance")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def measure_agent(programs, options, results):
    """An idle accepted agent: memory, CPU and wake-ups a minute."""
    with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder) as endpoint, Agent(programs, endpoint, folder) as agent:
        time.sleep(15)
        cpu, woken = cpu_seconds(agent.pid), wakeups(agent.pid)
        time.sleep(60)
        memory = memory_kib(agent.pid)
        results.update({"cpu_ms_a_minute": round(1000 * (cpu_seconds(agent.pid) - cpu), 1), "wakeups_a_minute": wakeups(agent.pid) - woken,
                        "pss_mib": round(memory["pss"] / 1024, 1), "own_mib": round(memory["anonymous"] / 1024, 1)})


class Engine:
    """A real Podman of its own (tests/support/podman.sh)."""

    def __init__(self, folder):
        script = pathlib.Path(__file__).resolve().parents[2] / "tests/support/podman.sh"
        self.socket = f"{folder}/engine.sock"
        self.process = subprocess.Popen([script, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.runs = self.answer() == 0

    def answer(self):
        for line in self.process.stdout:
            if line.startswith("= "):
                return int(line[2:])
        return -1

    def do(self, *words):
        self.process.stdin.write(" ".join(word.replace(" ", "%20") for word in words) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(60)


class Peak:
    """The largest anonymous memory of some processes, looked at all the time."""

    def __init__(self, **pids):
        self.pids, self.before, self.most, self.over = pids, {}, {}, threading.Event()
        for name, pid in pids.items():
            self.before[name] = self.most[name] = memory_kib(pid)["anonymous"]
        self.thread = threading.Thread(target=self.look)
        self.thread.start()

    def look(self):
        while not self.over.wait(0.2):
            for name, pid in self.pids.items():
                self.most[name] = max(self.most[name], memory_kib(pid)["anonymous"])

    def end(self):
        self.over.set()
        self.thread.join()
        return {name: round((self.most[name] - self.before[name]) / 1024, 1) for name in self.pids}


def measure_logs(programs, options, results):
    """A log of 200 MB, read by somebody who is slow: what agent and server hold meanwhile."""
    # With its line feed a power of two: pieces of pipes and logs then end where lines do, and each line comes whole.
    lines, width, pause = 100_000, 2_047, 5
    with tempfile.TemporaryDirectory() as folder, Engine(folder) as engine:
        if not engine.runs:
            results["skipped"] = "Podman cannot run here"
            return
        engine.do("run", "-d", "--name", "big", "localhost/box", "sh", "-c", f"busybox yes {'x' * width} | busybox head -n {lines}")
        engine.do("wait", "big")
        engine.do("serve")
        with Endpoint(programs, folder) as endpoint, Agent(programs, endpoint, folder, {"MUSTER_CONTAINER_SOCKET": engine.socket}) as agent:
            peak = Peak(server=endpoint.pid, agent=agent.pid)
            began = time.monotonic()
            reader = subprocess.Popen([programs / "musterctl", "--profile", endpoint.profile, "logs", agent.id, "big", "--tail", str(lines)], stdout=subprocess.PIPE)
            taken = 0
            while chunk := reader.stdout.read(1 << 20):
                # Nothing at all for a while, then 1 MB at a time.
                time.sleep(pause if taken == 0 else 0.02)
                taken += chunk.count(b"\n")
            seconds = time.monotonic() - began
            code = reader.wait()
            grown = peak.end()
    if code != 0 or taken != lines:
        raise Failed(f"of {lines} lines {taken} came (musterctl ended with {code})")
    results.update({"megabytes": lines * width // 1_000_000, "seconds": round(seconds, 1), "server_growth_mib": grown["server"],
                    "agent_growth_mib": grown["agent"]})


def measure_browser(programs, options, results):
    """The dashboard in Chromium: what it weighs, when it is there, and how it bears 1,000 devices that change every second."""
    if not options.web:
        results["skipped"] = "no bundle was given (--web)"
        return
    manifest = json.loads((options.web / "bundle.json").read_text())
    sizes = {form: sum(file["encodings"][form]["size"] for file in manifest["files"]) for form in ("br", "gzip")}
    sizes["plain"] = sum(file["size"] for file in manifest["files"])
    with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder, web=options.web) as endpoint:
        devices = simulator(programs, endpoint, 1000, "--report-every", "1", "--batch", "1", "--distinct-keys", "16")
        try:
            wait_for(lambda: endpoint.ask("/devices?limit=1").get("total", 0) >= 1000, "1,000 devices", 120)
            link = endpoint.ask("/sign-in-links", "-X", "POST", "-d", '{"user": "bench"}')["link"]
            browser = subprocess.run(["node", options.browser / "browser.mjs", link, str(3 * options.seconds)], capture_output=True, text=True, check=False)
        finally:
            devices.terminate()
            devices.communicate()
    if browser.returncode != 0:
        raise Failed(f"the browser: {browser.stderr}")
    results.update({"bytes": sizes, **json.loads(browser.stdout)})


class Pulse:
    """What a monitor sees: /healthz again and again, each on a connection of its own."""

    def __init__(self, endpoint):
        self.endpoint, self.times, self.failures, self.over = endpoint, [], 0, threading.Event()
        self.thread = threading.Thread(target=self.ask)
        self.thread.start()

    def ask(self):
        while not self.over.wait(0.05):
            began = time.monotonic()
            try:
                if self.endpoint.get("/healthz")[0] != 200:
                    raise OSError("not healthy")
                self.times.append(1000 * (time.monotonic() - began))
            except (OSError, http.client.HTTPException):
                self.failures += 1

    def end(self):
        self.over.set()
        self.thread.join()
        times = sorted(self.times) or [float("nan")]
        return {"asked": len(self.times) + self.failures, "failures": self.failures, "p50_ms": round(times[len(times) // 2], 1),
                "p99_ms": round(times[min(len(times) - 1, len(times) * 99 // 100)], 1), "max_ms": round(times[-1], 1)}


def dropped_by_the_backlog():
    """Connections that this machine's kernel dropped because a listener did not take them in time (all listeners)."""
    names, values = [line.split()[1:] for line in pathlib.Path("/proc/net/netstat").read_text().splitlines() if line.startswith("TcpExt:")][:2]
    counts = dict(zip(names, map(int, values)))
    return counts["ListenOverflows"] + counts["ListenDrops"]


def measure_storm(programs, options, results):
    """A fleet that returns at once after its server died: how soon it is back, and what a monitor sees meanwhile."""
    devices = 1000 if options.quick else 8000
    for name, tls in (("plain", False), ("tls", True)):
        with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder, tls=tls) as endpoint:
            # One thread cannot carry so many, and strangers that are not accepted at once would wait for minutes: the first time they come slowly.
            fleet = simulator(programs, endpoint, devices, "--distinct-keys", "64", "--threads", "2", "--connect-rate", "150")
            try:
                accepted(fleet, devices)
                # Its progress is not read any more, and must not stop it.
                threading.Thread(target=fleet.stderr.read, daemon=True).start()
                endpoint.kill()
                dropped = dropped_by_the_backlog()
                endpoint.start()
                began, pulse, metrics = time.monotonic(), Pulse(endpoint), {}
                try:
                    while (online := metrics.get('muster_devices{state="online"}', 0)) != devices:
                        if time.monotonic() - began > 600:
                            raise Failed(f"of {devices} devices ({name}), {online:.0f} were back after 600 s")
                        time.sleep(0.2)
                        metrics = endpoint.metrics() or metrics
                    seconds = time.monotonic() - began
                finally:
                    health = pulse.end()
                turned_away = sum(count for what, count in metrics.items() if re.match(r'muster_connections_ended_total\{.*reason="(crowded|deadline|refused)"', what))
                results[name] = {"devices": devices, "seconds": round(seconds, 1), "healthz": health, "connections_opened": int(metrics["muster_connections_opened_total"]),
                                 "connections_turned_away": int(turned_away), "dropped_by_the_backlog": dropped_by_the_backlog() - dropped}
            except Failed as problem:
                raise Failed(f"{name}: {problem}") from problem
            finally:
                fleet.terminate()
                fleet.wait(60)


class Postgres:
    """A PostgreSQL of its own, on a socket, as an ordinary user."""

    def __init__(self, folder):
        programs = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))[-1]
        self.folder = pathlib.Path(folder) / "postgres"
        self.folder.mkdir()
        # It does not run as root.
        self.user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, 65534, 65534)
            for above in (self.folder.parent, *self.folder.parent.parents):
                if above.stat().st_uid == 0 and not above.stat().st_mode & 0o001:
                    above.chmod(above.stat().st_mode | 0o011)
        data = self.folder / "data"
        subprocess.run([*self.user, programs / "initdb", "--pgdata", data, "--auth", "trust", "--username", "muster", "--encoding", "UTF8", "--locale", "C"],
                       check=True, capture_output=True)
        self.process = subprocess.Popen([*self.user, programs / "postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses="], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        self.psql = [programs / "psql", "--no-psqlrc", "--host", self.folder, "--username", "muster", "--dbname", "postgres", "--command"]
        wait_for(lambda: subprocess.run([*self.psql, "CREATE DATABASE fleet"], capture_output=True, check=False).returncode == 0, "the start of PostgreSQL")
        self.url = f"postgresql://muster@/fleet?host={self.folder}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


def measure_databases(programs, options, results):
    """What either database does in a second, and how long a server takes to start with a large fleet in it."""
    devices = 10_000 if options.quick else 100_000
    for name in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            folder = pathlib.Path(folder)
            where = []
            if name == "postgresql":
                where = ["--database", stack.enter_context(Postgres(folder)).url]
            figures = subprocess.run([programs / "muster-storebench", "--data", folder / "data", *where, "--devices", str(devices), "--seconds", str(options.seconds)],
                                     capture_output=True, text=True, check=False)
            if figures.returncode != 0:
                raise Failed(f"{name}: {figures.stderr}")
            results[name] = {"devices": devices, **json.loads(figures.stdout)}
            # A server with devices makes no key, which they would not trust.
            (folder / "data/keys").mkdir(mode=0o700, parents=True)
            subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", folder / "data/keys/cloud_private.pem"], check=True, capture_output=True)
            (folder / "data/keys/cloud_private.pem").chmod(0o600)
            began = time.monotonic()
            endpoint = stack.enter_context(Endpoint(programs, folder, database=where))
            wait_for(lambda: endpoint.status() == 200, "the lead", 60)  # pylint: disable=cell-var-from-loop # at once
            results[name] |= {"start_seconds": round(time.monotonic() - began - endpoint.prepared, 2), "server_mib": round(memory_kib(endpoint.pid)["pss"] / 1024)}


def measure_takeover(programs, options, results):
    """How soon the second server serves a fleet whose first one was killed, and how soon the devices are back."""
    devices = 500 if options.quick else 5000
    with tempfile.TemporaryDirectory() as folder, Postgres(folder) as postgres:
        database = ["--database", postgres.url]
        folders = [pathlib.Path(folder) / name for name in ("a", "b")]
        for one in folders:
            one.mkdir()
        with Endpoint(programs, folders[0], database=database) as first, Endpoint(programs, folders[1], database=database, beside=first) as second:
            fleet = simulator(programs, first, devices, "--distinct-keys", "64", "--threads", "2", "--connect-rate", "150", "--server",
                              f"{first.device_url},{second.device_url}")
            try:
                accepted(fleet, devices)
                threading.Thread(target=fleet.stderr.read, daemon=True).start()
                first.kill()
                began = time.monotonic()
                wait_for(lambda: second.status() == 200, "the second server's lead", 60)
                results["leads_seconds"] = round(time.monotonic() - began, 1)
                wait_for(lambda: second.metrics().get('muster_devices{state="online"}', 0) == devices, "the return of all devices", 600)
                results |= {"devices": devices, "back_seconds": round(time.monotonic() - began, 1)}
            finally:
                fleet.terminate()
                fleet.wait(60)


def measure_shadow(programs, options, results):
    """Wishes of eight people at once for a fleet that is there: how many a second are stored, and how soon after that a device has answered."""
    devices = 100 if options.quick else 1000
    with tempfile.TemporaryDirectory() as folder, Endpoint(programs, folder) as endpoint:
        fleet = simulator(programs, endpoint, devices, "--distinct-keys", "64", "--threads", "2", "--connect-rate", "150")
        try:
            accepted(fleet, devices)
            threading.Thread(target=fleet.stderr.read, daemon=True).start()
            names = [item["id"] for item in endpoint.ask(f"/devices?limit={min(devices, 500)}")["items"]]
            headers = {"Authorization": "Bearer " + endpoint.api_key, "Content-Type": "application/json"}

            def each(mine, what):
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=30)) as line:
                    for name in mine:
                        line.request(what[0], f"/api/v2/devices/{name}/shadow", what[1] if len(what) > 1 else None, headers)
                        answer = line.getresponse()
                        text = answer.read()
                        if answer.status != 200:
                            raise Failed(f"{what[0]} of a shadow: {answer.status} {text.decode()[:200]}")
                        yield json.loads(text)

            def moment(text):
                return datetime.datetime.fromisoformat(text).timestamp() * 1000

            def by_eight(what):
                with concurrent.futures.ThreadPoolExecutor(8) as pool:
                    return [document for some in pool.map(lambda part: list(each(names[part::8], what)), range(8)) for document in some]

            began = time.monotonic()
            for level in range(1, 5):
                by_eight(("PATCH", json.dumps({"state": {"desired": {"light": {"on": True, "level": level}}}})))
            took = time.monotonic() - began
            wait_for(lambda: not any(one["state"]["delta"] for one in by_eight(("GET",))), "what all devices were told", 60)
            delays = sorted(moment(one["told"]["at"]) - moment(one["changed_at"]) for one in by_eight(("GET",)))
            results |= {"devices": devices, "changes_per_second": round(4 * len(names) / took), "told_p50_ms": round(delays[len(delays) // 2], 1),
                        "told_p99_ms": round(delays[len(delays) * 99 // 100], 1)}
        finally:
            fleet.terminate()
            fleet.wait(60)


# Each puts its figures into the dict that it is given as it has them: what a part measured before it failed is kept.
PARTS = {"roundtrips": measure_roundtrips, "latency": measure_latency, "memory": measure_memory, "agent": measure_agent, "logs": measure_logs,
         "browser": measure_browser, "storm": measure_storm, "databases": measure_databases, "takeover": measure_takeover,
         "shadow": measure_shadow}


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
    if (logs := results.get("logs")) and "skipped" not in logs:
        rows.append((f"a slow reader of {logs['megabytes']} MB of log: server / agent grow by", "-", f"{logs['server_growth_mib']} / {logs['agent_growth_mib']} MiB", "flat"))
    if (browser := results.get("browser")) and "skipped" not in browser:
        rows.append(("browser program, brotli / gzip / plain", "-", " / ".join(f"{browser['bytes'][form] / 1e6:.2f}" for form in ("br", "gzip", "plain")) + " MB", "5 MB"))
        rows.append(("first frame in the browser, first visit / later", "-", f"{browser['first_frame_cold_ms'] / 1000:.2f} / {browser['first_frame_again_ms'] / 1000:.2f} s", "2 s"))
        rows.append(("1,000 devices changing each second: longest task / frames a second", "-",
                     f"{browser['longest_task_ms']:.0f} ms / {browser['frames_a_second']:.0f}", "100 ms"))
    for name, one in results.get("storm", {}).items():
        health = one["healthz"]
        rows.append((f"{one['devices']} devices back after a crash, {name}", "-", f"{one['seconds']} s", "60 s"))
        rows.append((f"/healthz meanwhile, {name}", "-", f"p50 {health['p50_ms']}, p99 {health['p99_ms']}, longest {health['max_ms']} ms; {health['failures']} of {health['asked']} failed",
                     "p99 500 ms"))
        rows.append((f"connections turned away / dropped by the backlog, {name}", "-", f"{one['connections_turned_away']} / {one['dropped_by_the_backlog']}", "- / 0"))
    for name, one in results.get("databases", {}).items():
        rows.append((f"samples stored / approvals a second, {name}", "-", f"{one['samples_per_second']:,.0f} / {one['approvals_per_second']:,.0f}", "-"))
        if "start_seconds" in one:
            rows.append((f"start with {one['devices']:,} devices, memory after it, {name}", "-", f"{one['start_seconds']} s, {one['server_mib']} MiB", "-"))
    if shadow := results.get("shadow"):
        rows.append((f"changes of what is wanted a second, {shadow['devices']:,} devices", "-", f"{shadow['changes_per_second']:,}", "-"))
        rows.append(("from stored to the device's answer", "-", f"p50 {shadow['told_p50_ms']} ms, p99 {shadow['told_p99_ms']} ms", "-"))
    if (takeover := results.get("takeover")) and "back_seconds" in takeover:
        rows.append((f"a second server leads after kill -9 / its {takeover['devices']:,} devices are back", "-", f"{takeover['leads_seconds']} / {takeover['back_seconds']} s", "15 s / -"))
    widths = [max(len(row[column]) for row in rows + [HEAD]) for column in range(4)]
    for row in [HEAD, tuple("-" * width for width in widths), *rows]:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")


def run(parts, options):
    """Measures the parts, prints what there is, and keeps it after each of them. Returns the exit code: 1 where one failed."""
    results, failures = {}, {}
    for part in parts:
        print(f"measuring {part} ...", file=sys.stderr)
        figures = {}
        try:
            PARTS[part](options.bin, options, figures)
        except Failed as problem:
            failures[part] = str(problem)
        except KeyboardInterrupt:
            failures[part] = "it was interrupted"
        except Exception:  # pylint: disable=broad-exception-caught # whatever it was: the figures of the other parts took minutes
            failures[part] = traceback.format_exc()
        if figures:
            results[part] = figures
        if options.json:
            options.json.write_text(json.dumps({**results, **({"failures": failures} if failures else {})}, indent=2) + "\n")
        if failures.get(part) == "it was interrupted":
            break
    table(results)
    for part, reason in failures.items():
        print(f"bench: {part}: {reason}", file=sys.stderr)
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=pathlib.Path, required=True, help="folder of the release programs")
    parser.add_argument("--seconds", type=int, default=10, help="length of each rate measurement")
    parser.add_argument("--devices", type=int, default=2000, help="devices of the memory measurement")
    parser.add_argument("--only", default=",".join(PARTS), help="parts to measure: " + ", ".join(PARTS))
    parser.add_argument("--node-modules", type=pathlib.Path, help="folder with ws and canonicalize: measures the reference in Node as well")
    parser.add_argument("--web", type=pathlib.Path, help="what wasm/build made: measures it in Chromium")
    parser.add_argument("--browser", type=pathlib.Path, help="folder with browser.mjs, tests/browser/src and playwright-core")
    parser.add_argument("--quick", action="store_true", help="fewer devices in the storm: to try it")
    parser.add_argument("--json", type=pathlib.Path, help="file for the figures")
    options = parser.parse_args()
    parts = options.only.split(",")
    for part in parts:
        if part not in PARTS:
            sys.exit(f"bench: there is no part {part}: it takes {', '.join(PARTS)}")
    # A device is a file, on both sides.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sys.exit(run(parts, options))


if __name__ == "__main__":
    main()
