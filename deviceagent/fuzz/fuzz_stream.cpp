// SPDX-License-Identifier: GPL-3.0-or-later
// The messages of streams at both ends: neither ever holds or sends more than was granted.
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/stream.h"

#include <cstdlib>

using namespace muster;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto object = parseJsonObject(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!object)
        return 0;
    if (const auto offer = StreamOffer::fromJson(*object)) {
        const auto again = StreamOffer::fromJson(offer->toJson());
        if (!again || again->id != offer->id || again->credit != offer->credit)
            std::abort();
        StreamSource source(*offer);
        if (source.room() < 0 || source.room() > limits::streamPieceBytes)
            std::abort();
        if (source.room() > 0)
            (void)source.next(QString(source.room(), u'x'));
    }
    StreamSource source({QStringLiteral("s"), 1000});
    if (source.grant(*object) && (source.room() <= 1000 || source.room() > limits::streamPieceBytes))
        std::abort();
    StreamSink sink(QStringLiteral("s"), limits::streamPieceBytes);
    if (const auto text = sink.take(*object)) {
        const qint64 bytes = text->toUtf8().size();
        // The same piece a second time is none.
        if (bytes > limits::streamPieceBytes || sink.take(*object))
            std::abort();
        if (const auto credit = sink.consumed(bytes); credit && bytes < limits::streamPieceBytes / 2)
            std::abort();
    }
    if (const auto error = streamCloseError(*object)) {
        const auto again = streamCloseError(streamCloseParams(QStringLiteral("s"), *error));
        if (!again || again->code != error->code || again->message != error->message)
            std::abort();
    }
    return 0;
}
