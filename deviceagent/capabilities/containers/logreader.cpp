// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/capabilities/containers/logreader.h"

#include "protocol/rpc/limits.h"

#include <QJsonObject>
#include <QPromise>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::agent {

namespace {

/// Lines that wait for credit: with what the socket holds, it is what a stream costs in memory.
constexpr qsizetype waitingBytes = 32 * 1024;
/// What an engine says when it refuses.
constexpr qsizetype errorBytes = 4096;
/// What an answer without a stream holds: the lines themselves, and what they become in JSON with its escapes.
constexpr qsizetype textBytes = 512 * 1024;
constexpr qsizetype jsonBytes = 700 * 1024;
/// Less than the 30 s after which nobody waits for the answer any more.
constexpr auto answerWithin = 25s;

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

QFuture<Result<QJsonValue>> LogReader::collect(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form,
                                               const QString &container)
{
    return (new LogReader(parent, std::move(log), form, container, nullptr))->m_promise.future();
}

QFuture<Result<QJsonValue>> LogReader::stream(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form,
                                              const QString &container, std::unique_ptr<OutgoingStream> into)
{
    return (new LogReader(parent, std::move(log), form, container, std::move(into)))->m_promise.future();
}

LogReader::LogReader(QObject *parent, std::unique_ptr<EngineStream> log, LogDemux::Form form, const QString &container,
                     std::unique_ptr<OutgoingStream> into)
    : QObject(parent)
    , m_log(std::move(log))
    , m_demux(form)
    , m_container(container)
    , m_stream(std::move(into))
{
    m_promise.start();
    connect(m_log.get(), &EngineStream::moved, this, &LogReader::pump);
    if (m_stream) {
        connect(m_stream.get(), &OutgoingStream::writable, this, &LogReader::pump);
        connect(m_stream.get(), &OutgoingStream::ended, this, [this] { end({}); });
    }
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this,
            [this] { end(Error{.code = TimedOut, .message = u"The log could not be read in time: ask for fewer lines, or again."_s}); });
    m_deadline.start(answerWithin);
}

LogReader::~LogReader()
{
    // Neither may call back while this goes.
    if (m_log)
        m_log->disconnect(this);
    if (m_stream)
        m_stream->disconnect(this);
}

/// The engine has begun to answer: a stream is open from now on.
void LogReader::begin()
{
    if (m_isAnswered || !m_stream || m_log->status() == 0 || m_log->status() >= 400)
        return;
    m_isAnswered = true;
    m_deadline.stop();
    m_promise.addResult(QJsonValue(QJsonObject()));
    m_promise.finish();
}

void LogReader::pump()
{
    if (m_isPumping || !m_log)
        return;
    m_isPumping = true;
    while (m_log && readOn()) {
        begin();
        if (m_stream)
            writeOut();
        else
            keepNewest();
    }
    if (m_log && m_stream)
        writeOut();
    m_isPumping = false;
    if (m_isRead && (!m_stream || m_taken == m_lines.size()))
        end(m_error);
}

bool LogReader::readOn()
{
    if (m_isRead || (m_stream && m_lines.size() - m_taken >= waitingBytes))
        return false;
    QByteArray bytes;
    const bool hasMoved = m_log->read(bytes);
    const bool isError = m_log->status() >= 400;
    if (isError) {
        m_body += bytes.first(std::min(bytes.size(), errorBytes - m_body.size()));
    } else if (const Result<void> taken = m_demux.take(bytes, m_lines); !taken) {
        m_error = taken.error();
        m_isRead = true;
    }
    if (!m_isRead && m_log->isAtEnd()) {
        m_isRead = true;
        m_demux.finish(m_lines);
        if (m_log->error())
            m_error = m_log->error();
        else if (isError)
            m_error = engineError({.status = m_log->status(), .body = m_body}, m_container);
        else if (!m_demux.isWhole())
            m_error = Error{.code = Unavailable, .message = u"The log ended in the middle: the container engine was perhaps restarted."_s};
        keepNewest();
    }
    return hasMoved;
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
    if (m_stream || (m_lines.size() <= 2 * textBytes && !m_isRead))
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
    if (!m_log)
        return;
    m_deadline.stop();
    m_log->disconnect(this);
    m_log.release()->deleteLater(); // it may be what called
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
