// SPDX-License-Identifier: GPL-3.0-or-later
// Containers of a real Podman. Where none can run, tst_agentcontainers has tried the same against recorded answers.
#include "deviceagent/tests/containerdevice.h"
#include "tests/support/podman.h"
#include "tests/support/testcase.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using muster::test::ContainerDevice;
using muster::test::Podman;
using muster::test::StreamReader;

class AgentPodmanTest : public muster::test::TestCase
{
    Q_OBJECT

    std::unique_ptr<Podman> m_podman;
    std::unique_ptr<ContainerDevice> m_device;
    CryptoLibrary m_crypto;

    /// Starts a container that does this.
    [[nodiscard]] bool runs(const QString &name, const QString &script, const QStringList &options = {})
    {
        const QString said = m_podman->run(QStringList{u"run"_s, u"-d"_s, u"--name"_s, name} + options
                                           + QStringList{u"localhost/box"_s, u"sh"_s, u"-c"_s, script});
        return !said.isNull();
    }

    QString stateOf(const QString &name)
    {
        const auto list = m_device->call(u"Container.List"_s);
        const QJsonArray containers = list ? list->toObject()[u"containers"].toArray() : QJsonArray();
        for (const QJsonValueConstRef container : containers) {
            if (container.toObject()[u"name"] == name)
                return container.toObject()[u"state"].toString();
        }
        return list ? QString() : list.error().message;
    }

    /// Follows a log from its beginning.
    std::unique_ptr<StreamReader> follow(const QString &name, const QString &stream, qint64 window = limits::streamWindowBytes)
    {
        auto reader = std::make_unique<StreamReader>(m_device->server, stream, window);
        const auto opened = m_device->call(u"Container.Logs"_s,
                                           {{u"id"_s, name}, {u"follow"_s, true}, {u"tail"_s, 100'000}, {u"stream"_s, reader->offer()}});
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        return reader;
    }

    static qint64 ownMemoryKib()
    {
        QFile file(u"/proc/self/smaps_rollup"_s);
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> lines = file.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("Anonymous:"))
                return line.sliced(10).trimmed().split(' ').first().toLongLong();
        }
        return 0;
    }

private slots:
    void initTestCase()
    {
        m_podman = Podman::start();
        if (!m_podman)
            QSKIP("no Podman here");
        m_device = std::make_unique<ContainerDevice>(m_podman->socket());
    }

    void listsStopsStartsAndRestarts()
    {
        QVERIFY(runs(u"web"_s, u"echo hello; echo oops >&2; sleep 300"_s,
                     {u"--label"_s, u"com.docker.compose.project=shop"_s, u"-e"_s, u"SECRET=hush"_s}));
        QCOMPARE(stateOf(u"web"_s), u"running"_s);
        const auto engine = m_device->call(u"Container.List"_s)->toObject()[u"engine"].toObject();
        QCOMPARE(engine[u"name"].toString(), u"Podman"_s);
        const auto stopped = m_device->call(u"Container.Stop"_s, {{u"id"_s, u"web"_s}, {u"timeout_s"_s, 0}});
        QVERIFY2(stopped, qPrintable(stopped ? QString() : stopped.error().message));
        QCOMPARE(stopped->toObject()[u"state"].toString(), u"exited"_s);
        QCOMPARE(stateOf(u"web"_s), u"exited"_s);
        QVERIFY(m_device->call(u"Container.Stop"_s, {{u"id"_s, u"web"_s}})); // it has stopped already
        QCOMPARE(m_device->call(u"Container.Start"_s, {{u"id"_s, u"web"_s}})->toObject()[u"state"].toString(), u"running"_s);
        QCOMPARE(m_device->call(u"Container.Restart"_s, {{u"id"_s, u"web"_s}, {u"timeout_s"_s, 0}})->toObject()[u"state"].toString(),
                 u"running"_s);
        QCOMPARE(m_device->call(u"Container.Start"_s, {{u"id"_s, u"nobody"_s}}).error().code, int(NotFound));
        const auto account = m_device->call(u"Container.Inspect"_s, {{u"id"_s, u"web"_s}});
        QVERIFY(account);
        QVERIFY(account->toObject()[u"Config"][u"Env"].toArray().contains(u"SECRET"_s));
        QVERIFY(m_device->call(u"Container.Stats"_s));
    }

    void givesTheLog()
    {
        const auto log = m_device->call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"tail"_s, 2}});
        QVERIFY2(log, qPrintable(log ? QString() : log.error().message));
        const QStringList lines = log->toObject()[u"text"].toString().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        static const QRegularExpression form(u"^[12] 20\\d\\d-\\d\\d-\\d\\dT[^ ]+ (hello|oops)$"_s);
        for (const QString &line : lines)
            QVERIFY2(form.match(line).hasMatch(), qPrintable(line));
        const auto errors = m_device->call(u"Container.Logs"_s, {{u"id"_s, u"web"_s}, {u"stdout"_s, false}});
        QVERIFY(errors->toObject()[u"text"].toString().contains(u"oops"_s) && !errors->toObject()[u"text"].toString().contains(u"hello"_s));
    }

    void followsALog()
    {
        QVERIFY(runs(u"ticks"_s, u"i=0; while true; do i=$((i+1)); echo tick $i; sleep 0.2; done"_s));
        const auto reader = follow(u"ticks"_s, u"ticks"_s);
        QTRY_VERIFY(reader->text.contains(u" tick 5\n"_s));
        QVERIFY(!reader->isClosed && !reader->broken);
        // It ends with its container, and that is no error.
        QVERIFY(m_device->call(u"Container.Stop"_s, {{u"id"_s, u"ticks"_s}, {u"timeout_s"_s, 0}}));
        QTRY_VERIFY(reader->isClosed);
        QVERIFY2(!reader->error, qPrintable(reader->trouble()));
    }

    void followsATerminal()
    {
        QVERIFY(runs(u"terminal"_s, u"echo one; sleep 1; echo two; sleep 300"_s, {u"-t"_s}));
        const auto reader = follow(u"terminal"_s, u"terminal"_s);
        QTRY_VERIFY(reader->text.contains(u" two\n"_s));
        QVERIFY2(reader->text.startsWith(u"1 20"_s) && !reader->text.contains(u'\r'), qPrintable(reader->text));
        QVERIFY(!m_podman->run({u"rm"_s, u"-f"_s, u"-t"_s, u"0"_s, u"terminal"_s}).isNull());
        QTRY_VERIFY(reader->isClosed);
    }

    void aContainerThatIsRemovedEndsItsLog()
    {
        QVERIFY(runs(u"gone"_s, u"echo here; sleep 300"_s));
        const auto reader = follow(u"gone"_s, u"gone"_s);
        QTRY_VERIFY(reader->text.contains(u" here\n"_s));
        QVERIFY(!m_podman->run({u"rm"_s, u"-f"_s, u"-t"_s, u"0"_s, u"gone"_s}).isNull());
        QTRY_VERIFY(reader->isClosed);
        QCOMPARE(m_device->call(u"Container.Logs"_s, {{u"id"_s, u"gone"_s}}).error().code, int(NotFound));
    }

    void aSlowReaderCostsNoMemory()
    {
        constexpr qint64 lines = 200'000;
        const QByteArray text = "This is a line with some text in it, as programs write them";
        QVERIFY(runs(u"many"_s, u"sleep 3; yes '%1' | busybox head -n %2; sleep 300"_s.arg(QString::fromUtf8(text)).arg(lines)));
        const auto reader = follow(u"many"_s, u"many"_s, 64 * 1024);
        reader->keepsText = false;
        reader->isReading = false;
        QTRY_VERIFY(reader->bytes > 60 * 1024);
        QVERIFY(m_device->call(u"Container.List"_s));
        const qint64 waiting = ownMemoryKib();
        QVERIFY(reader->bytes <= 64 * 1024);
        QElapsedTimer timer;
        timer.start();
        reader->resume();
        // "1 ", and the time as Podman has it, stand before each.
        const qint64 all = lines * (qint64(qstrlen("1 2026-11-20T09:38:13Z \n")) + text.size());
        QTRY_COMPARE(reader->bytes, all);
        QVERIFY2(!reader->broken, qPrintable(reader->trouble()));
        qInfo("%lld lines, %lld bytes, in %lld ms; this test's own memory was %lld KiB while its reader waited", lines, all,
              timer.elapsed(), waiting);
        QVERIFY(!m_podman->run({u"rm"_s, u"-f"_s, u"-t"_s, u"0"_s, u"many"_s}).isNull());
        QTRY_VERIFY(reader->isClosed);
    }

    void anEngineThatIsKilledIsFoundAgain()
    {
        QVERIFY(runs(u"steady"_s, u"while true; do echo beat; sleep 0.2; done"_s));
        const auto reader = follow(u"steady"_s, u"steady"_s);
        QTRY_VERIFY(reader->text.contains(u" beat\n"_s));
        m_podman->kill();
        QTRY_VERIFY(reader->isClosed);
        QVERIFY(reader->error);
        QCOMPARE(reader->errorCode(), int(Unavailable));
        QVERIFY2(reader->trouble().contains(u"restarted"_s), qPrintable(reader->trouble()));
        const auto away = m_device->call(u"Container.List"_s);
        QCOMPARE(away.error().code, int(Unavailable));
        QVERIFY(m_podman->serve());
        QCOMPARE(stateOf(u"steady"_s), u"running"_s);
        const auto again = follow(u"steady"_s, u"again"_s);
        QTRY_VERIFY(again->text.contains(u" beat\n"_s));
        QVERIFY(m_device->call(u"Container.Stop"_s, {{u"id"_s, u"steady"_s}, {u"timeout_s"_s, 0}}));
        QTRY_VERIFY(again->isClosed);
    }
};

MUSTER_TEST(AgentPodmanTest)
#include "tst_agentpodman.moc"
