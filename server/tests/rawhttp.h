// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testcase.h"

#include <QSslSocket>
#include <QUrl>

namespace muster::test {

/// An HTTP answer as it came over the line.
struct RawAnswer
{
    int status = 0;
    QHash<QByteArray, QByteArray> headers; ///< names in small letters
    QByteArray body;
};

/// A connection that says exactly what it is told, and unpacks nothing. QNetworkAccessManager tidies paths and headers.
struct RawHttp
{
    QSslSocket socket;

    explicit RawHttp(const QString &server)
    {
        const QUrl url(server);
        const auto port = static_cast<quint16>(url.port());
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (url.scheme() == QLatin1StringView("https"))
            socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        else
            socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    }

    void send(const QByteArray &verb, const QByteArray &path, const QHash<QByteArray, QByteArray> &headers = {})
    {
        QByteArray text = verb + ' ' + path + " HTTP/1.1\r\nHost: muster\r\n";
        for (auto it = headers.begin(); it != headers.end(); ++it)
            text += it.key() + ": " + it.value() + "\r\n";
        socket.write(text + "\r\n");
    }

    /// Reads the head of an answer; the body stays in the socket.
    [[nodiscard]] RawAnswer head()
    {
        RawAnswer answer;
        QByteArray text;
        (void)muster::test::eventually([&] {
            while (socket.canReadLine()) {
                const QByteArray line = socket.readLine();
                if (line == "\r\n")
                    return true;
                text += line;
            }
            return false;
        });
        const QList<QByteArray> lines = text.split('\n');
        answer.status = lines.first().mid(9, 3).toInt();
        for (const QByteArray &line : lines.sliced(1)) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0)
                answer.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
        }
        return answer;
    }

    [[nodiscard]] QByteArray body(qint64 size)
    {
        QByteArray read;
        (void)muster::test::eventually([&] { return (read += socket.read(size - read.size())).size() == size; });
        return read;
    }

    [[nodiscard]] RawAnswer ask(const QByteArray &verb, const QByteArray &path, const QHash<QByteArray, QByteArray> &headers = {})
    {
        send(verb, path, headers);
        RawAnswer answer = head();
        if (verb != "HEAD")
            answer.body = body(answer.headers.value("content-length").toLongLong());
        return answer;
    }
};

} // namespace muster::test
