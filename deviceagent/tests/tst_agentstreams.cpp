// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/serverlink.h"
#include "deviceagent/tests/streamreader.h"
#include "tests/support/testcase.h"
#include "transport/websocketdialler.h"

#include <QAbstractSocket>
#include <QPromise>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
using namespace muster;
using namespace muster::agent;
using muster::test::StreamReader;
using muster::test::TestServer;

class AgentStreamsTest : public muster::test::TestCase
{
    Q_OBJECT

private slots:
    void sendsNothingBeforeItsRequestWasAnswered();
    void neverSendsMoreThanWasGranted();
    void waitsForASlowLine();
    void endsWhenTheReaderCloses();
    void endsWithTheLink();
    void refusesBadOffers();
    void refusesGrantsBeyondTheWindow();

private:
    CryptoLibrary m_crypto;
};

namespace {

/// A device whose calls all open a stream of `text`.
struct Device
{
    explicit Device(TestServer &testServer)
        : server(testServer)
        , link(
              {.deviceId = u"device-1"_s,
               .bootId = u"boot"_s,
               .agent = {},
               .machine = {},
               .key = *KeyPair::generate(Algorithm::EdDSA),
               .cloudKey = server.publicKey()},
              {.url = server.url(), .authMethod = methods::authenticate, .tls = {}},
              [this](const QString &, const QJsonObject &params) { return open(params); }, Delays([] { return 0; }))
    {
        link.start();
        if (!muster::test::eventually([this] { return link.state() == ServerLink::State::Accepted; }))
            qFatal("no link");
    }

    QFuture<Result<QJsonValue>> open(const QJsonObject &params)
    {
        auto opened = link.openStream(params.value(u"stream"));
        if (!opened)
            return QtFuture::makeReadyValueFuture(Result<QJsonValue>(std::unexpected(opened.error())));
        stream = std::move(*opened);
        QObject::connect(stream.get(), &OutgoingStream::writable, stream.get(), [this] { write(); });
        write();
        promise = std::make_unique<QPromise<Result<QJsonValue>>>();
        promise->start();
        if (answersAtOnce)
            answer();
        return promise->future();
    }

    void answer()
    {
        promise->addResult(QJsonValue(QJsonObject()));
        promise->finish();
    }

    void write()
    {
        while (const qint64 room = std::min<qint64>(stream->room(), left)) {
            stream->write(QString(room, u'x'));
            left -= room;
            ++pieces;
        }
        if (left == 0 && std::exchange(pieces, 0) > 0)
            stream->close();
    }

    void ask(const QJsonValue &offer) { server.send(Request{QString::number(++asked), u"Open"_s, {{u"stream"_s, offer}}}); }

    TestServer &server;
    bool answersAtOnce = true;
    qint64 left = 1'000'000;
    int pieces = 0;
    int asked = 0;
    std::unique_ptr<QPromise<Result<QJsonValue>>> promise;
    ServerLink link;
    std::unique_ptr<OutgoingStream> stream;
};

} // namespace

void AgentStreamsTest::sendsNothingBeforeItsRequestWasAnswered()
{
    TestServer server;
    Device device(server);
    device.answersAtOnce = false;
    StreamReader reader(server, u"s"_s);
    device.ask(reader.offer());
    QTRY_VERIFY(device.stream);
    QCOMPARE(device.stream->room(), 0);
    device.answer();
    QTRY_VERIFY(reader.isClosed);
    QCOMPARE(reader.bytes, 1'000'000);
    QVERIFY(!reader.error && !reader.broken);
    QCOMPARE(server.responses.size(), 1);
    QVERIFY(!device.stream->isOpen());
}

void AgentStreamsTest::neverSendsMoreThanWasGranted()
{
    TestServer server;
    Device device(server);
    StreamReader reader(server, u"s"_s, 64 * 1024);
    reader.isReading = false;
    device.ask(reader.offer());
    QTRY_COMPARE(reader.bytes, 64 * 1024);
    QCOMPARE(device.stream->room(), 0);
    QCOMPARE(device.left, 1'000'000 - 64 * 1024);
    reader.resume();
    QTRY_VERIFY(reader.isClosed);
    QCOMPARE(reader.bytes, 1'000'000);
    QVERIFY(!reader.broken);
    QVERIFY(server.refused.isEmpty());
}

void AgentStreamsTest::waitsForASlowLine()
{
    TestServer server;
    Device device(server);
    auto *const dialler = device.link.findChild<transport::WebSocketDialler *>();
    QVERIFY(dialler);
    const transport::WebSocket *const socket = dialler->webSocket();
    // Little fits into the line itself.
    dialler->findChild<QAbstractSocket *>()->setSocketOption(QAbstractSocket::SendBufferSizeSocketOption, 4096);
    struct
    {
        QHash<OutgoingStream *, qint64> left;
        qint64 mostUnsent = 0;
    } counts;
    auto *const count = &counts; // outlives the streams
    std::vector<std::unique_ptr<StreamReader>> readers;
    std::vector<std::unique_ptr<OutgoingStream>> streams;
    for (int i = 0; i < 8; ++i) {
        readers.push_back(std::make_unique<StreamReader>(server, QString::number(i)));
        device.left = 0;
        device.ask(readers.back()->offer());
        QTRY_VERIFY(device.stream && device.stream->id() == QString::number(i));
        device.stream->disconnect();
        OutgoingStream *const stream = device.stream.get();
        streams.push_back(std::move(device.stream));
        count->left[stream] = 1'000'000;
        connect(stream, &OutgoingStream::writable, stream, [count, socket, stream] {
            while (const qint64 room = std::min(stream->room(), count->left[stream])) {
                stream->write(QString(room, u'x'));
                count->left[stream] -= room;
                count->mostUnsent = std::max(count->mostUnsent, socket->unsentBytes());
            }
            if (count->left[stream] == 0)
                stream->close();
        });
    }
    for (const auto &stream : streams)
        emit stream->writable();
    for (const auto &reader : readers) {
        QTRY_VERIFY(reader->isClosed);
        QCOMPARE(reader->bytes, 1'000'000);
        QVERIFY(!reader->broken);
    }
    // Two megabytes were granted; no more than a few pieces ever stood before anything else that the device has to say.
    QVERIFY2(counts.mostUnsent > 0 && counts.mostUnsent < 128 * 1024, qPrintable(QString::number(counts.mostUnsent)));
}

void AgentStreamsTest::endsWhenTheReaderCloses()
{
    TestServer server;
    Device device(server);
    StreamReader reader(server, u"s"_s, 32 * 1024);
    reader.isReading = false;
    device.ask(reader.offer());
    QTRY_VERIFY(reader.bytes > 0);
    QSignalSpy ended(device.stream.get(), &OutgoingStream::ended);
    server.send(Notification{methods::streamClose, streamCloseParams(u"s"_s)});
    QTRY_COMPARE(ended.count(), 1);
    QVERIFY(!device.stream->isOpen());
    // What crosses on the way is ignored, and the id is free again.
    server.send(Notification{methods::streamCredit, {{u"stream"_s, u"s"_s}, {u"bytes"_s, 1000}}});
    StreamReader again(server, u"s"_s);
    device.left = 10;
    device.ask(again.offer());
    QTRY_VERIFY(again.isClosed);
    QCOMPARE(again.bytes, 10);
    QVERIFY(!reader.isClosed || !reader.error);
}

void AgentStreamsTest::endsWithTheLink()
{
    TestServer server;
    Device device(server);
    StreamReader reader(server, u"s"_s, 32 * 1024);
    reader.isReading = false;
    device.ask(reader.offer());
    QTRY_VERIFY(reader.bytes > 0);
    QSignalSpy ended(device.stream.get(), &OutgoingStream::ended);
    server.cut();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(device.stream->room(), 0);
    QTRY_COMPARE(device.link.state(), ServerLink::State::Accepted);
    QVERIFY(!device.stream->isOpen());
}

void AgentStreamsTest::refusesBadOffers()
{
    TestServer server;
    Device device(server);
    QCOMPARE(device.link.openStream({}).error().code, int(InvalidParams));
    QCOMPARE(device.link.openStream(QJsonObject{{u"id"_s, u"a b"_s}, {u"credit"_s, 1}}).error().code, int(InvalidParams));
    std::vector<std::unique_ptr<OutgoingStream>> open;
    for (int i = 0; i < limits::streamsOpen; ++i) {
        auto stream = device.link.openStream(StreamOffer{QString::number(i), 1}.toJson());
        QVERIFY(stream);
        open.push_back(std::move(*stream));
    }
    QCOMPARE(device.link.openStream(StreamOffer{u"more"_s, 1}.toJson()).error().code, int(TooMany));
    open.pop_back();
    QCOMPARE(device.link.openStream(StreamOffer{u"0"_s, 1}.toJson()).error().code, int(Conflict));
    QVERIFY(device.link.openStream(StreamOffer{u"more"_s, 1}.toJson()));
    device.link.stop();
    QCOMPARE(device.link.openStream(StreamOffer{u"late"_s, 1}.toJson()).error().code, int(DeviceOffline));
}

void AgentStreamsTest::refusesGrantsBeyondTheWindow()
{
    TestServer server;
    Device device(server);
    StreamReader reader(server, u"s"_s, 32 * 1024);
    reader.isReading = false;
    device.ask(reader.offer());
    QTRY_VERIFY(reader.bytes > 0);
    server.send(Notification{methods::streamCredit, {{u"stream"_s, u"s"_s}, {u"bytes"_s, limits::streamWindowBytes + 1}}});
    QTRY_VERIFY(reader.isClosed);
    QCOMPARE(reader.errorCode(), int(TooLarge));
    QVERIFY(!device.stream->isOpen());
}

MUSTER_TEST(AgentStreamsTest)
#include "tst_agentstreams.moc"
