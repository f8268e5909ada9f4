// SPDX-License-Identifier: GPL-3.0-or-later
#include "deviceagent/link/outgoingstream.h"

#include "deviceagent/link/serverlink.h"
#include "protocol/rpc/methods.h"

using namespace Qt::Literals::StringLiterals;

namespace muster::agent {

OutgoingStream::OutgoingStream(ServerLink *link, const StreamOffer &offer)
    : m_link(link)
    , m_source(offer)
{
}

OutgoingStream::~OutgoingStream()
{
    close(Error{.code = Unavailable, .message = u"The device ended the stream."_s});
}

qint64 OutgoingStream::room() const
{
    return m_link && m_hasBegun && !m_link->isCongested() ? m_source.room() : 0;
}

void OutgoingStream::write(const QString &text)
{
    Q_ASSERT(isOpen());
    m_link->notify(methods::streamData, m_source.next(text));
}

void OutgoingStream::close(const std::optional<Error> &error)
{
    ServerLink *const link = m_link;
    m_link = nullptr;
    if (!link)
        return;
    link->m_streams.remove(id());
    // Before the request was answered, its answer says that there is no stream.
    if (m_hasBegun)
        link->notify(methods::streamClose, streamCloseParams(id(), error));
}

void OutgoingStream::begin()
{
    m_hasBegun = true;
    emit writable();
}

void OutgoingStream::grant(const QJsonObject &params)
{
    if (const Result<void> granted = m_source.grant(params); !granted) {
        close(granted.error());
        emit ended();
        return;
    }
    emit writable();
}

void OutgoingStream::end()
{
    m_link = nullptr;
    emit ended();
}

} // namespace muster::agent
