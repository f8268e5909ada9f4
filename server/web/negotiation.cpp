// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/web/negotiation.h"

#include <map>

using namespace Qt::Literals::StringLiterals;

namespace muster::web {

namespace {

/// A weight in thousandths: "q=0.5" is 500, nothing is 1000, and what cannot be read is 0.
int weightOf(const QList<QByteArray> &parameters)
{
    constexpr int most = 1000;
    for (const QByteArray &parameter : parameters) {
        const QByteArray text = parameter.trimmed().toLower();
        if (!text.startsWith("q="))
            continue;
        bool good = false;
        const double weight = text.sliced(2).toDouble(&good);
        return good && weight >= 0 && weight <= 1 ? static_cast<int>(weight * most) : 0;
    }
    return most;
}

} // namespace

QByteArrayView nameOf(Coding coding)
{
    switch (coding) {
    case Coding::Brotli: return "br";
    case Coding::Gzip: return "gzip";
    case Coding::Identity: break;
    }
    return "identity";
}

std::optional<Coding> bestCoding(QByteArrayView acceptEncoding, const QList<Coding> &available)
{
    std::map<QByteArray, int> weights;
    for (const QByteArray &part : acceptEncoding.toByteArray().split(',')) {
        QList<QByteArray> words = part.split(';');
        weights.emplace(words.takeFirst().trimmed().toLower(), weightOf(words));
    }
    const auto others = weights.find("*");
    const auto weigh = [&](Coding coding) {
        if (const auto named = weights.find(nameOf(coding).toByteArray()); named != weights.end())
            return named->second;
        if (others != weights.end())
            return others->second;
        // Plain bytes are taken unless they are refused, but what was named is liked better.
        return coding == Coding::Identity ? 1 : 0;
    };
    std::optional<Coding> best;
    for (const Coding coding : codings) {
        if (available.contains(coding) && weigh(coding) > (best ? weigh(*best) : 0))
            best = coding;
    }
    return best;
}

bool isKnown(QByteArrayView ifNoneMatch, QByteArrayView etag)
{
    for (const QByteArray &part : ifNoneMatch.toByteArray().split(',')) {
        const QByteArray tag = part.trimmed();
        // A proxy that packs anew makes a tag weak; the contents are the same.
        if (tag == "*" || tag == etag || (tag.startsWith("W/") && tag.sliced(2) == etag))
            return true;
    }
    return false;
}

} // namespace muster::web
