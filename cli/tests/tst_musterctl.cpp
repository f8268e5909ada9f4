// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/values/values.h"
#include "client/words/format.h"
#include "mock/server/fakeserver.h"
#include "tests/support/testcase.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTimer>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

namespace {

struct Outcome
{
    int code = -1;
    QString out;
    QString err;

    [[nodiscard]] QJsonValue json() const
    {
        const QJsonDocument document = QJsonDocument::fromJson(out.toUtf8());
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    }
};

} // namespace

/// The program itself, on a small server in this process.
class TestMusterctl : public test::TestCase
{
    Q_OBJECT

private:
    QProcessEnvironment environment(const QUrl &server, const QString &key = test::FakeServer::apiKey) const
    {
        QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"MUSTER_PROFILE", "COLUMNS", "MUSTER_SERVER", "MUSTER_API_KEY", "MUSTER_CA_CERTIFICATE"})
            all.remove(QLatin1StringView(name));
        if (!server.isEmpty())
            all.insert(u"MUSTER_SERVER"_s, server.toString());
        if (!key.isEmpty())
            all.insert(u"MUSTER_API_KEY"_s, key);
        return all;
    }

    Outcome run(const QStringList &arguments, const QProcessEnvironment &with)
    {
        QProcess process;
        process.setProcessEnvironment(with);
        QSignalSpy finished(&process, &QProcess::finished);
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), arguments);
        // The server answers in this thread, so its event loop has to turn.
        if (!finished.wait(20'000))
            return {.err = u"it does not end"_s};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    Outcome run(test::FakeServer &server, const QStringList &arguments)
    {
        // Logs come with the fleet's own time.
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, &server, &test::FakeServer::tick);
        ticks.start(20);
        return run(arguments, environment(server.url()));
    }

private slots:
    void aServerOfAnOwnAuthorityIsTrustedWhenItIsNamed()
    {
        const QTemporaryDir folder;
        const QString certificate = folder.filePath(u"cert.pem"_s);
        const QString key = folder.filePath(u"key.pem"_s);
        QProcess openssl;
        openssl.start(u"openssl"_s, {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                                     u"-nodes"_s, u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
                                     u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, key, u"-out"_s, certificate});
        QVERIFY(openssl.waitForFinished() && openssl.exitCode() == 0);
        QFile keyFile(key);
        QVERIFY(keyFile.open(QIODevice::ReadOnly));
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificateChain(QSslCertificate::fromPath(certificate));
        tls.setPrivateKey(QSslKey(keyFile.readAll(), QSsl::Ec));
        test::FakeServer server;
        QVERIFY(server.listen(0, tls));
        Outcome o = run({u"approvals"_s}, environment(server.url()));
        QCOMPARE(o.code, 3); // nobody vouches for it
        QVERIFY2(o.err.contains("cannot be reached"_L1), qPrintable(o.err));
        o = run({u"--ca-certificate"_s, certificate, u"approvals"_s}, environment(server.url()));
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QVERIFY(o.out.contains("camera-dock-3"_L1));
        QProcessEnvironment named = environment(server.url());
        named.insert(u"MUSTER_CA_CERTIFICATE"_s, certificate);
        QCOMPARE(run({u"watch"_s, u"--help"_s}, named).code, 0);
        QCOMPARE(run({u"devices"_s}, named).code, 0); // the live socket too
        named.insert(u"MUSTER_CA_CERTIFICATE"_s, key);
        o = run({u"devices"_s}, named);
        QCOMPARE(o.code, 2);
        QVERIFY2(o.err.contains(key) && o.err.contains("no certificate"_L1), qPrintable(o.err));
    }

    void listsHaveATableAndJson()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"approvals"_s});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QVERIFY(o.out.contains("camera-dock-3"_L1) && o.out.contains("NEW KEY"_L1) && o.out.contains("SHA256:"_L1));
        o = run(server, {u"approvals"_s, u"--json"_s});
        QCOMPARE(o.json().toArray().size(), 3);
        o = run(server, {u"devices"_s});
        QCOMPARE(o.code, 0);
        QCOMPARE(o.out.count(u'\n'), 1205); // every page of it
        QVERIFY(o.out.contains("Disk 97"_L1));
        o = run(server, {u"devices"_s, u"--state"_s, u"failing"_s, u"--json"_s});
        QCOMPARE(o.json().toArray().size(), 4);
        o = run(server, {u"audit"_s});
        QVERIFY(o.out.contains("Approvals.Accept"_L1));
        o = run(server, {u"sign-in-link"_s});
        QVERIFY(o.out.startsWith("http://"_L1));
    }

    void tablesFitTheTerminal()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcessEnvironment narrow = environment(server.url());
        narrow.insert(u"COLUMNS"_s, u"80"_s);
        for (const QString &command : {u"approvals"_s, u"devices"_s, u"audit"_s}) {
            for (const QString &line : run({command}, narrow).out.split(u'\n'))
                QVERIFY2(line.size() <= 80 || command == "approvals"_L1, qPrintable(line));
        }
    }

    void acceptShowsWhatItAccepts()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const QJsonValue list = server.fleet.call(u"Approvals.List"_s, {}).value_or(QJsonValue());
        const Approval waiting = Approval::fromJson(list["items"_L1][0].toObject());
        const Outcome o = run(server, {u"accept"_s, waiting.deviceId});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QVERIFY(o.out.contains(waiting.words.join(u' ')) && o.out.contains(waiting.fingerprint) && o.out.contains("accepted"_L1));
        QVERIFY(!server.fleet.device(waiting.deviceId).isNull());
        const Outcome again = run(server, {u"accept"_s, waiting.deviceId});
        QCOMPARE(again.code, 1);
        QVERIFY(again.err.contains("No key of"_L1));
    }

    void rejectTakesTheApprovalsIdToo()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const Outcome o = run(server, {u"reject"_s, u"32"_s, u"--json"_s});
        QCOMPARE(o.code, 0);
        QCOMPARE(o.json()["state"_L1].toString(), u"rejected"_s);
        // The known key of the device goes on.
        QVERIFY(!server.fleet.device(u"pump-north"_s).isNull());
        // And a mistake can be mended.
        QCOMPARE(run(server, {u"accept"_s, u"32"_s}).code, 0);
    }

    void healthShowsFiguresAndBars()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"health"_s, u"gate-01"_s});
        QCOMPARE(o.err, QString());
        QVERIFY(o.out.contains("temperature"_L1) && o.out.contains(u"°C"_s) && o.out.contains("signed proof"_L1));
        o = run(server, {u"health"_s, u"gate-01"_s, u"--range"_s, u"24h"_s, u"--json"_s});
        QVERIFY2(o.json()["health"_L1]["series"_L1]["cpu"_L1].toArray().size() > 100, qPrintable(o.err + o.out.left(3000)));
        o = run(server, {u"health"_s, u"nobody"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(o.err.contains("nobody"_L1));
        QVERIFY(o.out.isEmpty());
    }

    void leastIsMeasuredOrNotSaid()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const Outcome hour = run(server, {u"health"_s, u"gate-01"_s, u"--json"_s});
        QCOMPARE(hour.json()["health"_L1]["step_ms"_L1].toInt(), 10'000);
        double least = 1e9;
        for (const auto &value : hour.json()["health"_L1]["series"_L1]["temperature"_L1].toArray())
            least = std::min(least, value.toDouble(1e9));
        Outcome o = run(server, {u"health"_s, u"gate-01"_s});
        QVERIFY2(o.out.contains(format::health(HealthField::Temperature, least)), qPrintable(o.out));
        QVERIFY(!o.out.contains("not known"_L1));
        // Of a week there are means alone: the least of them would be too high.
        o = run(server, {u"health"_s, u"gate-01"_s, u"--range"_s, u"7d"_s});
        QVERIFY2(o.out.contains("LEAST is not known"_L1), qPrintable(o.out));
        for (const QString &line : o.out.split(u'\n')) {
            if (line.startsWith("temperature"_L1) || line.startsWith("cpu"_L1))
                QVERIFY2(line.contains(u" –  "_s), qPrintable(line));
        }
    }

    void callsReachTheDevice()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"call"_s, u"gate-01"_s, u"RPC.List"_s});
        QCOMPARE(o.code, 0);
        QVERIFY(o.json().toArray().contains(QJsonValue(u"Sys.GetInfo"_s)));
        o = run(server, {u"call"_s, u"meter-0114"_s, u"RPC.List"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(o.err.contains("not connected"_L1));
    }

    void containersAndTheirLogs()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"containers"_s, u"press-line-a"_s});
        QCOMPARE(o.err, QString());
        QVERIFY2(o.out.contains("registry.local/ui:1.8.2"_L1) && o.out.contains("Exited"_L1), qPrintable(o.out));
        o = run(server, {u"logs"_s, u"press-line-a"_s, u"ui"_s, u"--tail"_s, u"20"_s});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.code, 0);
        QCOMPARE(o.out.count(u'\n'), 20);
        o = run(server, {u"logs"_s, u"press-line-a"_s, u"ui"_s, u"--tail"_s, u"3"_s, u"--json"_s});
        const QJsonObject line = QJsonDocument::fromJson(o.out.split(u'\n')[0].toUtf8()).object();
        QVERIFY2(!line["text"_L1].toString().isEmpty() && line["time"_L1].toString().endsWith(u'Z'), qPrintable(o.out));
        o = run(server, {u"restart"_s, u"press-line-a"_s, u"ui"_s});
        QVERIFY2(o.out.contains("ui is running"_L1), qPrintable(o.out + o.err));
        o = run(server, {u"logs"_s, u"press-line-a"_s, u"nobody"_s});
        QCOMPARE(o.code, 1);
        QVERIFY(!o.err.isEmpty() && o.out.isEmpty());
    }

    void aFollowedLogGoesOn()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcess process;
        process.setProcessEnvironment(environment(server.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), {u"logs"_s, u"press-line-a"_s, u"ui"_s, u"-f"_s, u"--tail"_s, u"5"_s});
        QByteArray out;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += process.readAllStandardOutput(); });
        QTRY_COMPARE_GE_WITH_TIMEOUT(out.count('\n'), 5, 15'000);
        const auto before = out.count('\n');
        server.fleet.setNow(MockFleet::pictureTime + 60'000);
        server.tick();
        QTRY_COMPARE_GT(out.count('\n'), before);
        // It goes on where it was: nothing comes twice, and nothing that was said meanwhile is missing.
        server.breakConnections();
        server.fleet.setNow(MockFleet::pictureTime + 120'000);
        QByteArray err;
        connect(&process, &QProcess::readyReadStandardError, this, [&] { err += process.readAllStandardError(); });
        QTRY_VERIFY(err.contains("connected again"));
        QVERIFY2(err.contains("connection lost"), err.constData());
        server.tick();
        const auto minutes = [&out] {
            QSet<QByteArray> all;
            for (const QByteArray &line : out.split('\n'))
                all << line.left(16);
            return all;
        };
        QTRY_VERIFY(minutes().size() > 2);
        const QList<QByteArray> lines = out.trimmed().split('\n');
        QCOMPARE(QSet<QByteArray>(lines.begin(), lines.end()).size(), lines.size());
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void aFollowedLogMovesWithTheLeadAndWaitsForItsDevice()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        first.servers = QStringList{first.url().toString(), second.url().toString()};
        QProcess process;
        process.setProcessEnvironment(environment(first.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), {u"logs"_s, u"press-line-a"_s, u"ui"_s, u"-f"_s, u"--tail"_s, u"5"_s});
        QByteArray out;
        QByteArray err;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += process.readAllStandardOutput(); });
        connect(&process, &QProcess::readyReadStandardError, this, [&] { err += process.readAllStandardError(); });
        QTRY_COMPARE_GE_WITH_TIMEOUT(out.count('\n'), 5, 15'000);
        QTRY_VERIFY(first.called.contains("Server.Info"_L1));
        first.called.clear();
        QTRY_VERIFY_WITH_TIMEOUT(first.called.contains("Live.Ping"_L1), 20'000);
        const auto before = out.count('\n');
        second.fleet.setNow(MockFleet::pictureTime + 60'000);
        first.stop();
        QTRY_VERIFY2_WITH_TIMEOUT(err.contains("now at 127.0.0.1:" + QByteArray::number(second.port())), err.constData(), 20'000);
        QTRY_VERIFY(second.topics().contains("logs"_L1));
        second.tick();
        QTRY_COMPARE_GT(out.count('\n'), before);
        const QList<QByteArray> lines = out.trimmed().split('\n');
        QCOMPARE(QSet<QByteArray>(lines.begin(), lines.end()).size(), lines.size());
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void methodsCommandsAndHistory()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"methods"_s, u"press-line-a"_s});
        QVERIFY2(o.out.contains("Camera.Snapshot"_L1) && o.out.contains("resolution"_L1), qPrintable(o.out + o.err));
        // One that is away: it waits, can be seen, and can be cancelled once.
        o = run(server, {u"call"_s, u"meter-0114"_s, u"Sys.GetInfo"_s, u"{}"_s, u"--later"_s, u"1h"_s, u"--json"_s});
        QCOMPARE(o.err, QString());
        const QString id = o.json()["id"_L1].toString();
        QCOMPARE(o.json()["state"_L1].toString(), u"queued"_s);
        o = run(server, {u"commands"_s, u"--state"_s, u"queued"_s});
        QVERIFY2(o.out.contains(id), qPrintable(o.out + o.err));
        QCOMPARE(run(server, {u"cancel"_s, id}).code, 0);
        QCOMPARE(run(server, {u"command"_s, id}).json()["state"_L1].toString(), u"cancelled"_s);
        QCOMPARE(run(server, {u"cancel"_s, id}).code, 1);
        o = run(server, {u"history"_s, u"press-line-a"_s});
        QVERIFY2(o.out.contains("press.stroke_limit"_L1) && o.out.contains("offline"_L1), qPrintable(o.out + o.err));
    }

    void devicesWithTokens()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        // The token alone goes to standard output, what it is beside it.
        Outcome o = run(server, {u"device"_s, u"add"_s, u"desk-light"_s, u"--name"_s, u"Desk light"_s});
        QCOMPARE(o.code, 0);
        const QString token = o.out.trimmed();
        QVERIFY2(token.size() == 24 && !token.contains(u' '), qPrintable(o.out));
        QVERIFY2(o.err.contains("desk-light"_L1) && o.err.contains("this once"_L1), qPrintable(o.err));
        QVERIFY(run(server, {u"devices"_s, u"--text"_s, u"Desk light"_s}).out.contains("desk-light (Desk light)"_L1));
        o = run(server, {u"device"_s, u"add"_s, u"desk-light"_s});
        QCOMPARE(o.code, 1);
        QVERIFY2(o.err.contains("already"_L1), qPrintable(o.err));
        QVERIFY(!run(server, {u"device"_s, u"add"_s, u"--json"_s}).json()["id"_L1].toString().isEmpty());
        o = run(server, {u"device"_s, u"token"_s, u"desk-light"_s});
        QVERIFY2(o.code == 0 && o.out.trimmed() != token, qPrintable(o.err));
        QCOMPARE(run(server, {u"device"_s, u"token"_s, u"desk-light"_s, u"--revoke"_s}).out, u"the token of desk-light is taken back\n"_s);
        QVERIFY(!server.fleet.device(u"desk-light"_s)["token"_L1]["is_given"_L1].toBool(true));
        QCOMPARE(run(server, {u"device"_s, u"rename"_s, u"desk-light"_s, u"Lamp"_s}).code, 0);
        QCOMPARE(server.fleet.device(u"desk-light"_s)["name"_L1].toString(), u"Lamp"_s);
        o = run(server, {u"device"_s, u"token"_s, u"gate-01"_s});
        QVERIFY2(o.code == 1 && o.err.contains("a key of its own"_L1), qPrintable(o.err));
    }

    void theStateOfADevice()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        Outcome o = run(server, {u"shadow"_s, u"press-line-a"_s});
        QCOMPARE(o.err, QString());
        QVERIFY2(o.out.contains("report_every_s"_L1) && o.out.contains("differs"_L1) && o.out.contains("version 5, by eva"_L1),
                 qPrintable(o.out));
        o = run(server, {u"shadow"_s, u"press-line-a"_s, u"--set"_s, u"light.on=false"_s, u"--set"_s, u"mode=null"_s, u"--set"_s,
                         u"{\"a\":{\"b\":[1]}}"_s, u"--if-version"_s, u"5"_s, u"--json"_s});
        QCOMPARE(o.err, QString());
        QCOMPARE(o.json()["version"_L1], 6);
        QCOMPARE(o.json()["state"_L1]["desired"_L1]["light"_L1]["on"_L1], false);
        QCOMPARE(o.json()["state"_L1]["desired"_L1]["a"_L1]["b"_L1], (QJsonArray{1}));
        o = run(server, {u"shadow"_s, u"press-line-a"_s, u"--set"_s, u"light.on=true"_s, u"--if-version"_s, u"5"_s});
        QCOMPARE(o.code, 1);
        QVERIFY2(o.err.contains("version 6"_L1), qPrintable(o.err));
        QCOMPARE(run(server, {u"shadow"_s, u"nobody"_s}).code, 1);
    }

    void theStateCanBeWatched()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcess process;
        process.setProcessEnvironment(environment(server.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"),
                      {u"shadow"_s, u"press-line-a"_s, u"--set"_s, u"mode=night"_s, u"--watch"_s, u"--json"_s});
        QByteArray out;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += process.readAllStandardOutput(); });
        QTRY_COMPARE(out.count('\n'), 1);
        QVERIFY2(out.contains("\"mode\":\"night\""), out.constData()); // it was wished first
        QVERIFY(server.fleet.call(
            u"Shadow.Update"_s,
            {{"id"_L1, "press-line-a"_L1}, {"state"_L1, QJsonObject{{"desired"_L1, QJsonObject{{"light"_L1, QJsonValue::Null}}}}}}));
        server.tick();
        QTRY_COMPARE(out.count('\n'), 2);
        // Whatever else changes of the device is not shown.
        server.fleet.setNow(MockFleet::pictureTime + 60'000); // it does as it was told: nothing differs there
        server.tick();
        QTRY_VERIFY(out.count('\n') >= 2);
        const auto shown = out.count('\n');
        server.fleet.setNow(MockFleet::pictureTime + 120'000);
        server.tick();
        QCOMPARE(out.count('\n'), shown);
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void watchTellsWhatChanges()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcess process;
        process.setProcessEnvironment(environment(server.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), {u"watch"_s, u"--json"_s});
        QByteArray out;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += process.readAllStandardOutput(); });
        // All 1,204 devices, in three windows, and three keys.
        QTRY_COMPARE(out.count('\n'), 1207);
        out.clear();
        QVERIFY(server.fleet.call(u"Approvals.Reject"_s, {{"id"_L1, "33"_L1}}));
        server.tick();
        QTRY_VERIFY(out.contains('\n'));
        const QJsonObject line = QJsonDocument::fromJson(out.split('\n')[0]).object();
        QCOMPARE(line["event"_L1].toString(), u"decided"_s);
        QCOMPARE(line["id"_L1].toString(), u"camera-dock-3"_s);
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void watchOfADeviceShowsItsHealth()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcess process;
        process.setProcessEnvironment(environment(server.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), {u"watch"_s, u"gate-01"_s});
        QString out;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += QString::fromUtf8(process.readAllStandardOutput()); });
        QTRY_VERIFY(out.contains("online"_L1));
        server.fleet.setNow(MockFleet::pictureTime + 2000);
        server.tick();
        QTRY_VERIFY(out.contains("temperature"_L1));
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void theOneThatLeadsIsFound()
    {
        test::FakeServer leader;
        test::FakeServer standby;
        test::FakeServer away;
        QVERIFY(leader.listen());
        QVERIFY(away.listen());
        standby.leader = leader.url().toEncoded();
        QVERIFY(standby.listen());
        const QString gone = away.url().toString();
        const QString second = standby.url().toString();
        away.stop();
        QCOMPARE(run({u"--server"_s, gone, u"--server"_s, second, u"approvals"_s}, environment({})).code, 0);
        QCOMPARE(run({u"approvals"_s, u"--server"_s, gone + u',' + second}, environment({})).code, 0);
        QProcessEnvironment both = environment({});
        both.insert(u"MUSTER_SERVER"_s, gone + u',' + second);
        QCOMPARE(run({u"approvals"_s}, both).code, 0);
        // Each that was asked in vain is named.
        standby.leader = QByteArray();
        const Outcome o = run({u"--server"_s, gone, u"--server"_s, second, u"approvals"_s}, environment({}));
        QCOMPARE(o.code, 3);
        for (const QString &server : {gone, second})
            QVERIFY2(o.err.contains(server.mid(7) + u" cannot be reached"_s), qPrintable(o.err));
        // A key is not shown to servers that it was not given for.
        const Outcome other = run({u"--server"_s, second, u"approvals"_s}, environment(leader.url()));
        QCOMPARE(other.code, 2);
        QVERIFY2(other.err.contains("for which the API key is"_L1), qPrintable(other.err));
    }

    void twoThatNameEachOtherEndIt()
    {
        test::FakeServer first;
        test::FakeServer second;
        first.leader = QByteArray();
        QVERIFY(first.listen());
        second.leader = first.url().toEncoded();
        QVERIFY(second.listen());
        first.leader = second.url().toEncoded();
        QCOMPARE(run({u"approvals"_s}, environment(first.url())).code, 3);
    }

    void watchMovesWithTheLead()
    {
        test::FakeServer first;
        test::FakeServer second;
        QVERIFY(first.listen());
        QVERIFY(second.listen());
        first.servers = QStringList{first.url().toString(), second.url().toString()};
        QProcess process;
        process.setProcessEnvironment(environment(first.url()));
        process.start(QStringLiteral(MUSTER_BIN_DIR "/musterctl"), {u"watch"_s, u"gate-01"_s});
        QString out;
        QString err;
        connect(&process, &QProcess::readyReadStandardOutput, this, [&] { out += QString::fromUtf8(process.readAllStandardOutput()); });
        connect(&process, &QProcess::readyReadStandardError, this, [&] { err += QString::fromUtf8(process.readAllStandardError()); });
        QTRY_VERIFY(out.contains("online"_L1));
        QTRY_VERIFY(first.called.contains("Server.Info"_L1));
        // The answer is on its way with what is asked after it.
        first.called.clear();
        QTRY_VERIFY_WITH_TIMEOUT(first.called.contains("Live.Ping"_L1), 20'000);
        first.stop();
        QTRY_VERIFY2_WITH_TIMEOUT(err.contains(u"now at 127.0.0.1:%1"_s.arg(second.port())), qPrintable(err), 20'000);
        second.fleet.setNow(MockFleet::pictureTime + 2000);
        out.clear();
        QTRY_VERIFY(second.topics().contains("health"_L1));
        second.tick();
        QTRY_VERIFY(out.contains("temperature"_L1));
        process.terminate();
        QTRY_COMPARE(process.state(), QProcess::NotRunning);
    }

    void nothingNastyReachesTheTerminal()
    {
        test::FakeServer server(MockFleet::Kind::Hostile);
        QVERIFY(server.listen());
        const QString container =
            run(server, {u"containers"_s, u"press-line-a"_s, u"--json"_s}).json()["containers"_L1][0]["name"_L1].toString();
        QVERIFY(!container.isEmpty());
        for (const QStringList &command : {QStringList{u"devices"_s},
                                           {u"approvals"_s},
                                           {u"approvals"_s, u"--json"_s},
                                           {u"devices"_s, u"--json"_s},
                                           {u"health"_s, u"gate-01"_s},
                                           {u"containers"_s, u"press-line-a"_s},
                                           {u"logs"_s, u"press-line-a"_s, container},
                                           {u"methods"_s, u"gate-01"_s},
                                           {u"commands"_s},
                                           {u"history"_s, u"gate-01"_s}}) {
            const Outcome o = run(server, command);
            QVERIFY2(!(o.out + o.err).isEmpty(), qPrintable(command.join(u' ')));
            for (const char32_t c : (o.out + o.err).toUcs4())
                QVERIFY2(c == U'\n' || (QChar::category(c) != QChar::Other_Control && QChar::category(c) != QChar::Other_Format),
                         qPrintable(command.join(u' ')));
        }
    }

    void exitCodesTellWhatWentWrong()
    {
        QVERIFY(run({u"devices"_s}, environment(QUrl(u"http://127.0.0.1:1"_s))).code == 3);
        const Outcome misused = run({u"explode"_s}, environment({}));
        QCOMPARE(misused.code, 2);
        QVERIFY(misused.err.contains("explode"_L1));
        const Outcome nowhere = run({u"devices"_s}, environment({}));
        QCOMPARE(nowhere.code, 2);
        QVERIFY(nowhere.err.contains("MUSTER_PROFILE"_L1));
        test::FakeServer server;
        QVERIFY(server.listen());
        const Outcome refused = run({u"devices"_s}, environment(server.url(), u"another key"_s));
        QCOMPARE(refused.code, 1);
        QVERIFY(refused.err.contains("API key"_L1));
        QCOMPARE(run({u"--help"_s}, environment({})).code, 0);
        // Neither needs a server.
        const Outcome help = run({u"accept"_s, u"--help"_s}, environment({}));
        QCOMPARE(help.code, 0);
        QVERIFY2(help.out.startsWith("musterctl accept ID\n"_L1) && !help.out.contains("devices"_L1), qPrintable(help.out));
        QCOMPARE(run({u"help"_s, u"accept"_s}, environment({})).out, help.out);
        const Outcome version = run({u"version"_s}, environment({}));
        QCOMPARE(version.code, 0);
        QVERIFY2(version.out.startsWith("musterctl "_L1), qPrintable(version.out));
    }

    void aProfileNamesServerAndKey()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const QTemporaryDir dir;
        QFile file(dir.filePath(u"profile.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(QJsonObject{{"server"_L1, server.url().toString()}, {"api_key"_L1, test::FakeServer::apiKey}}).toJson());
        file.close();
        QCOMPARE(run({u"--profile"_s, file.fileName(), u"approvals"_s}, environment({}, {})).code, 0);
    }

    void bashCompletes_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QStringList>("offered");
        QTest::newRow("commands") << u"musterctl a"_s << QStringList{u"approvals"_s, u"accept"_s, u"audit"_s};
        QTest::newRow("live devices") << u"musterctl health gate-"_s << QStringList{u"gate-01"_s, u"gate-02"_s};
        QTest::newRow("live approvals, by both ids")
            << u"musterctl accept "_s << QStringList{u"33"_s, u"camera-dock-3"_s, u"32"_s, u"pump-north"_s, u"31"_s, u"meter-0131"_s};
        QTest::newRow("containers of the device") << u"musterctl logs press-line-a u"_s << QStringList{u"ui"_s};
        QTest::newRow("methods of the device") << u"musterctl call gate-01 Sys.Get"_s << QStringList{u"Sys.GetInfo"_s};
        QTest::newRow("no words of a method") << u"musterctl call gate-01 Sys.GetInfo "_s << QStringList{};
        QTest::newRow("devices behind an option") << u"musterctl commands --device gate-"_s << QStringList{u"gate-01"_s, u"gate-02"_s};
        QTest::newRow("commands to ask about") << u"musterctl help re"_s << QStringList{u"reject"_s, u"restart"_s, u"receipt"_s};
        QTest::newRow("second words") << u"musterctl user r"_s << QStringList{u"role"_s, u"remove"_s};
        QTest::newRow("devices behind two words") << u"musterctl device token gate-"_s << QStringList{u"gate-01"_s, u"gate-02"_s};
        QTest::newRow("roles") << u"musterctl user role rosa "_s << QStringList{u"customer"_s, u"viewer"_s, u"operator"_s, u"admin"_s};
        QTest::newRow("options of two words") << u"musterctl key add x --d"_s << QStringList{u"--days"_s};
        QTest::newRow("options") << u"musterctl health --r"_s << QStringList{u"--range"_s};
        QTest::newRow("their values") << u"musterctl devices --state o"_s << QStringList{u"online"_s, u"offline"_s, u"ok"_s};
        QTest::newRow("no second id") << u"musterctl accept 31 "_s << QStringList{};
    }
    void bashCompletes()
    {
        QFETCH(const QString, words);
        QFETCH(const QStringList, offered);
        test::FakeServer server;
        QVERIFY(server.listen());
        QProcessEnvironment with = environment(server.url());
        with.insert(u"PATH"_s, QStringLiteral(MUSTER_BIN_DIR) + u':' + with.value(u"PATH"_s));
        QProcess bash;
        bash.setProcessEnvironment(with);
        const QString script =
            u"source <(musterctl completion bash); line='%1'; read -ra COMP_WORDS <<<\"$line\"; "
            "[ \"${line: -1}\" != ' ' ] || COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _musterctl; printf '%s\\n' \"${COMPREPLY[@]}\""_s
                .arg(words);
        QSignalSpy finished(&bash, &QProcess::finished);
        bash.start(u"bash"_s, {u"--norc"_s, u"-c"_s, script});
        QVERIFY(finished.wait(20'000));
        QCOMPARE(QString::fromUtf8(bash.readAllStandardError()), QString());
        QCOMPARE(QString::fromUtf8(bash.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts), offered);
    }

    void bashCompletesCommandIds()
    {
        test::FakeServer server;
        QVERIFY(server.listen());
        const QJsonValue waiting =
            run(server, {u"call"_s, u"meter-0114"_s, u"Sys.GetInfo"_s, u"{}"_s, u"--later"_s, u"1h"_s, u"--json"_s}).json();
        const Outcome o = run(server, {u"__ids"_s, u"commands"_s});
        QCOMPARE(o.err, QString());
        QVERIFY2(o.out.split(u'\n').contains(waiting["id"_L1].toString()), qPrintable(o.out));
    }
};

MUSTER_TEST(TestMusterctl)
#include "tst_musterctl.moc"
