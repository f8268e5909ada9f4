// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/logreader.h"

#include "protocol/rpc/limits.h"

#include <QJsonObject>
#include <QPromise>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::agent {

namespace {

/// Lines that wait for credit, and what Qt may read ahead: together they are what a stream costs in memory.
constexpr qsizetype waitingBytes = 32 * 1024;
constexpr qint64 readAheadBytes = 32 * 1024;
/// What an answer without a stream holds: the lines themselves, and what they become in JSON with its escapes.
constexpr qsizetype textBytes = 512 * 1024;
constexpr qsizetype jsonBytes = 700 * 1024;
/// Less than the 30 s after which nobody waits for the answer any more.
constexpr auto collectWithin = 25s;

qsizetype sizeInJson(QByteArrayView text)
{
    qsizetype size = 0;
    for (const char c : text)
        size += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r' ? 6
                : c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20             ? 2
                                                                                            : 1;
    return size;
}

/// Where a piece of at most `most` bytes ends that does not split a character.
qsizetype wholeCharacters(QByteArrayView text, qsizetype most)
{
    if (text.size() <= most)
        return text.size();
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80)
        --most;
    return most;
}

} // namespace

QFuture<Result<QJsonValue>> LogReader::collect(Engine &engine, QNetworkReply *reply, LogDemux::Form form, const QString &container)
{
    auto *const reader = new LogReader(engine, reply, form, container, nullptr);
    QTimer::singleShot(collectWithin, reader, [reader] {
        reader->end(Error{.code = TimedOut, .message = u"The log could not be read in time: ask for fewer lines."_s});
    });
    return reader->m_promise.future();
}

QFuture<Result<QJsonValue>> LogReader::stream(Engine &engine, QNetworkReply *reply, LogDemux::Form form, const QString &container,
                                              std::unique_ptr<OutgoingStream> into)
{
    return (new LogReader(engine, reply, form, container, std::move(into)))->m_promise.future();
}

LogReader::LogReader(Engine &engine, QNetworkReply *reply, LogDemux::Form form, const QString &container,
                     std::unique_ptr<OutgoingStream> into)
    : QObject(&engine)
    , m_engine(engine)
    , m_reply(reply)
    , m_demux(form)
    , m_container(container)
    , m_stream(std::move(into))
{
    m_promise.start();
    reply->setReadBufferSize(readAheadBytes);
    connect(reply, &QNetworkReply::metaDataChanged, this, &LogReader::begin);
    connect(reply, &QNetworkReply::readyRead, this, &LogReader::pump);
    connect(reply, &QNetworkReply::finished, this, [this] {
        begin();
        pump();
    });
    if (m_stream) {
        connect(m_stream.get(), &OutgoingStream::writable, this, &LogReader::pump);
        connect(m_stream.get(), &OutgoingStream::ended, this, [this] { end({}); });
    }
}

LogReader::~LogReader()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

/// The engine has begun to answer: a stream is open from now on, or never will be.
void LogReader::begin()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_isAnswered || status >= 400 || status == 0 || !m_stream)
        return;
    m_isAnswered = true;
    m_promise.addResult(QJsonValue(QJsonObject()));
    m_promise.finish();
}

void LogReader::pump()
{
    if (m_isPumping || !m_reply)
        return;
    m_isPumping = true;
    qsizetype before = -1;
    // As long as something moves: bytes in, or lines out.
    while (m_reply && before != m_lines.size() - m_taken) {
        before = m_lines.size() - m_taken;
        readOn();
        if (m_stream)
            writeOut();
        else
            keepNewest();
    }
    m_isPumping = false;
    if (m_isRead && m_lines.size() == m_taken)
        end(m_error);
    else if (m_isRead && !m_stream)
        end(m_error);
}

void LogReader::readOn()
{
    if (m_isRead || (m_stream && m_lines.size() - m_taken >= waitingBytes))
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 400) {
        if (m_reply->isFinished()) {
            m_error = engineError({.status = status, .body = m_reply->readAll()}, m_container);
            m_isRead = true;
        }
        return;
    }
    // Whether it was the end has to be known before reading: what comes in between would be lost.
    const bool isEnd = m_reply->isFinished();
    const QByteArray bytes = m_reply->read(isEnd && !m_stream ? m_reply->bytesAvailable() : readAheadBytes);
    if (const Result<void> taken = m_demux.take(bytes, m_lines); !taken) {
        m_error = taken.error();
        m_isRead = true;
    } else if (isEnd && m_reply->bytesAvailable() == 0) {
        m_demux.finish(m_lines);
        if (m_reply->error() != QNetworkReply::NoError)
            m_error = m_engine.errorOf(*m_reply);
        else if (!m_demux.isWhole())
            m_error = Error{.code = Unavailable, .message = u"The log ended in the middle: the container engine was perhaps restarted."_s};
        m_isRead = true;
    }
}

void LogReader::writeOut()
{
    while (m_stream->isOpen() && m_taken < m_lines.size()) {
        const QByteArrayView waiting = QByteArrayView(m_lines).sliced(m_taken);
        const qsizetype size = wholeCharacters(waiting, m_stream->room());
        if (size == 0)
            break;
        m_stream->write(QString::fromUtf8(waiting.first(size)));
        m_taken += size;
    }
    if (m_taken > waitingBytes || m_taken == m_lines.size()) {
        m_lines.remove(0, m_taken);
        m_taken = 0;
    }
}

void LogReader::keepNewest()
{
    if (m_lines.size() <= 2 * textBytes && !m_isRead)
        return;
    qsizetype from = std::max<qsizetype>(m_lines.size() - textBytes, 0);
    // What has many escapes becomes longer on the line.
    while (from < m_lines.size() && sizeInJson(QByteArrayView(m_lines).sliced(from)) > jsonBytes)
        from += std::max<qsizetype>((m_lines.size() - from) / 4, 1);
    if (from == 0)
        return;
    const qsizetype end = m_lines.indexOf('\n', from - 1);
    m_lines.remove(0, end < 0 ? m_lines.size() : end + 1);
    m_isCut = true;
}

void LogReader::end(const std::optional<Error> &error)
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
    // The stream first: an error as the answer says that there never was one.
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream->close(error);
    }
    if (!std::exchange(m_isAnswered, true)) {
        if (error)
            m_promise.addResult(std::unexpected(*error));
        else
            m_promise.addResult(QJsonValue(QJsonObject{{"text"_L1, QString::fromUtf8(m_lines)}, {"cut"_L1, m_isCut}}));
        m_promise.finish();
    }
    deleteLater();
}

} // namespace muster::agent
