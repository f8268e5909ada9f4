// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes through the strict parser and the reader of messages. What passes must survive being written and read again.
#include "protocol/rpc/message.h"
#include "protocol/rpc/parse.h"
#include "protocol/rpc/readjson.h"
#include "protocol/signing/canonical.h"

#include <cstdlib>

using namespace muster;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const auto object = parseJsonObject(text);
    if (!object)
        return 0;
    // What we take, Qt takes too, and sees the same (but for U+FEFF): the strict parser is only ever stricter.
    const QJsonDocument lenient = readJson(text.toByteArray());
    const auto canonical = canonicalJson(*object);
    if (!canonical || !lenient.isObject() || *canonicalJson(lenient.object()) != *canonical)
        std::abort();
    // The short cut: a text that is said to be canonical is.
    const auto parsed = parseJsonObjectWithout(text, QLatin1StringView("meta"), QLatin1StringView("signature"));
    if (!parsed || parsed->object != *object)
        std::abort();
    if (!parsed->canonicalWithout.isNull()) {
        QJsonObject meta = object->value(QLatin1StringView("meta")).toObject();
        QByteArray rest;
        if (*canonical != text.toByteArray())
            std::abort();
        if (!meta.contains(QLatin1StringView("signature")) || meta.value(QLatin1StringView("signature")).isString()) {
            if (!appendCanonicalWithout(rest, *object, QLatin1StringView("meta"), QLatin1StringView("signature"))
                || parsed->canonicalWithout != rest)
                std::abort();
        }
    }
    const auto again = parseJsonObject(*canonical);
    if (!again || *again != *object || *canonicalJson(*again) != *canonical)
        std::abort();
    if (const auto message = messageFromJson(*object)) {
        const auto same = messageFromJson(toJson(*message));
        if (!same || same->index() != message->index())
            std::abort();
    }
    return 0;
}
