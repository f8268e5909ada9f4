// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/api/logtail.h"

#include "protocol/rpc/methods.h"

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace muster::api {

namespace {

/// Longer than an agent waits for its engine to begin (25 s): of one that hangs it can still say so.
constexpr auto opensWithin = 30s;

} // namespace

LogTail::LogTail(fleet::Fleet &fleet, const QString &device, const QJsonObject &params, qint64 credit)
    : m_fleet(fleet)
    , m_device(device)
    , m_params(params)
    , m_credit(credit)
{
    connect(m_stream.get(), &fleet::DeviceStream::received, this, &LogTail::take);
    connect(m_stream.get(), &fleet::DeviceStream::closed, this, &LogTail::end);
}

LogTail::~LogTail()
{
    m_stream->close();
}

QFuture<Result<QJsonValue>> LogTail::begin()
{
    return inThreadOf(&m_fleet, [fleet = &m_fleet, device = m_device, params = m_params, credit = m_credit, stream = m_stream] {
        return fleet->openStream(device, methods::containerLogs, params, credit, opensWithin, stream);
    });
}

void LogTail::show()
{
    m_shown = true;
    if (!m_held.isEmpty())
        emit text(std::exchange(m_held, {}));
    if (m_ended)
        emit ended(m_error);
}

Result<void> LogTail::grant(qint64 bytes)
{
    if (bytes > m_ungranted)
        return failure(TooLarge, u"%1 bytes came that were not granted anew yet, not %2"_s.arg(m_ungranted).arg(bytes));
    m_ungranted -= bytes;
    m_stream->grant(bytes);
    return {};
}

void LogTail::take(const QString &text)
{
    m_ungranted += text.toUtf8().size();
    if (m_shown)
        emit this->text(text);
    else
        m_held += text;
}

void LogTail::end(const std::optional<Error> &error)
{
    m_ended = true;
    m_error = error;
    if (m_shown)
        emit ended(error);
}

} // namespace muster::api
