// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/tests/fakeengine.h"

#include <QFile>
#include <QLocalSocket>
#include <QtEndian>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

FakeEngine::FakeEngine()
{
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        QLocalSocket *const socket = m_server.nextPendingConnection();
        m_read.insert(socket, {});
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_read.remove(socket);
            socket->deleteLater();
        });
    });
    const auto gives = [](int status, const QString &name) {
        return [status, body = recorded(name)](QLocalSocket &socket, const QByteArray &) { reply(socket, status, body); };
    };
    answers["GET /version"] = gives(200, u"version.json"_s);
    answers["GET /containers/json"] = gives(200, u"list.json"_s);
    for (const QString &name : {u"web"_s, u"done"_s, u"tty"_s}) {
        const QByteArray account = recorded(name + ".json"_L1);
        const QByteArray id = account.sliced(account.indexOf("\"Id\":\"") + 6).first(64);
        answers["GET /containers/" + id + "/json"] = answers["GET /containers/" + name.toUtf8() + "/json"] = gives(200, name + ".json"_L1);
        answers["GET /containers/" + id + "/stats"] = gives(500, u"stats-error.json"_s);
        for (const char *action : {"start", "stop", "restart"})
            answers["POST /containers/" + name.toUtf8() + '/' + action] = [](QLocalSocket &socket, const QByteArray &) {
                reply(socket, 204, {});
            };
    }
    for (const QString &name : {u"web"_s, u"tty"_s})
        answers["GET /containers/" + name.toUtf8() + "/logs"] = gives(200, name + ".log"_L1);
}

FakeEngine::~FakeEngine()
{
    vanish();
}

bool FakeEngine::listen()
{
    return m_server.listen(socket());
}

void FakeEngine::vanish()
{
    m_server.close();
    const QList<QLocalSocket *> sockets = m_read.keys();
    m_read.clear();
    for (QLocalSocket *socket : sockets) {
        socket->disconnect(this);
        socket->abort();
        socket->deleteLater();
    }
}

void FakeEngine::read(QLocalSocket *socket)
{
    QByteArray &text = m_read[socket];
    text += socket->readAll();
    qsizetype end = -1;
    // No request of the agent has a body.
    while ((end = text.indexOf("\r\n\r\n")) >= 0) {
        const QByteArray line = text.first(text.indexOf("\r\n"));
        text.remove(0, end + 4);
        const QList<QByteArray> words = line.split(' ');
        asked.append(words[0] + ' ' + words[1]);
        QByteArray path = words[1].split('?').first();
        const QByteArray query = words[1].contains('?') ? words[1].sliced(words[1].indexOf('?') + 1) : QByteArray();
        if (path.startsWith("/v1."))
            path.remove(0, path.indexOf('/', 1));
        if (const Answer answer = answers.value(words[0] + ' ' + path))
            answer(*socket, query);
        else
            reply(*socket, 404, recorded(u"none.json"_s));
        if (!m_read.contains(socket))
            return;
    }
}

void FakeEngine::reply(QLocalSocket &socket, int status, const QByteArray &body)
{
    socket.write("HTTP/1.1 " + QByteArray::number(status) + " -\r\nContent-Type: application/json\r\n");
    if (status != 204)
        socket.write("Content-Length: " + QByteArray::number(body.size()) + "\r\n");
    socket.write("\r\n" + body);
}

void FakeEngine::beginChunks(QLocalSocket &socket)
{
    socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
}

void FakeEngine::chunk(QLocalSocket &socket, const QByteArray &bytes)
{
    socket.write(QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n");
}

void FakeEngine::endChunks(QLocalSocket &socket)
{
    socket.write("0\r\n\r\n");
}

QByteArray FakeEngine::frame(int stream, const QByteArray &text)
{
    QByteArray header(8, 0);
    header[0] = static_cast<char>(stream);
    qToBigEndian(static_cast<quint32>(text.size()), header.data() + 4);
    return header + text;
}

QByteArray FakeEngine::recorded(const QString &name)
{
    QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/deviceagent/tests/fixtures/engine/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no %s", qPrintable(name));
    return file.readAll();
}

} // namespace muster::test
