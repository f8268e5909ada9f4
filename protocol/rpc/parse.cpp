// SPDX-License-Identifier: GPL-3.0-or-later
// QJsonDocument builds values quickly, but takes the last of two members of one name, lone surrogates, and integers that a
// double cannot hold: each lets two readers of one signed text act on different values. So RapidJSON reads the text first,
// building nothing, and only what is strict goes on to QJsonDocument. The fuzzer (protocol/fuzz) holds the two together.
#include "protocol/rpc/parse.h"

#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"
#include "protocol/rpc/readjson.h"

#include <QJsonDocument>
#include <QVarLengthArray>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// I-JSON's bound (RFC 7493 section 2.2): no integer text beyond it rounds to a double within it.
constexpr double largestNumber = 9007199254740991.0; // 2^53 - 1
constexpr qsizetype longestExactInteger = 15;        // digits, and perhaps a sign: below largestNumber whatever they are

/// Follows the reader's events; one that returns false ends the reading. Besides what must hold, it finds out whether the
/// text is in canonical form: its tokens are the shortest of their kind, members are in order, and the lengths of the tokens
/// add up to that of the text, so that nothing stands between them.
class Strictness : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Strictness>
{
public:
    enum class Kind { Nothing, Object, Array, Other };

    Strictness(const char *text, bool hasEscapes, std::string_view within, std::string_view leaveOut)
        : m_text(text)
        , m_within(within)
        , m_leaveOut(leaveOut)
        , m_hasEscapes(hasEscapes)
    {
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isCanonical(qsizetype size) const { return m_isCanonical && m_length == size; }
    /// Where the member to be left out stands in a canonical text, its name and value alone. Empty when it is not there.
    [[nodiscard]] qsizetype cutFrom() const { return m_cutFrom; }
    [[nodiscard]] qsizetype cutTo() const { return m_cutTo; }

    bool Null() { return value(4); }
    bool Bool(bool isTrue) { return value(isTrue ? 4 : 5); }

    bool RawNumber(const char *text, rapidjson::SizeType size, bool)
    {
        const char *const end = text + size;
        if (size <= longestExactInteger && std::all_of(text + (text[0] == '-'), end, [](char c) { return c >= '0' && c <= '9'; })) {
            m_isCanonical = m_isCanonical && !(text[0] == '-' && text[1] == '0');
            return value(size);
        }
        double number = 0;
        const auto [after, error] = std::from_chars(text, end, number);
        if (error != std::errc() || after != end || std::abs(number) > largestNumber)
            return refuse(u"a number is outside ±(2^53-1) or cannot be told from zero"_s);
        // It may still be the shortest way to write it, but that takes as long to find out as writing it.
        m_isCanonical = false;
        return value(size);
    }

    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        const qsizetype length = lengthOf(text, size);
        if (m_isLeftOutNext) {
            m_cutTo = text - m_text - 1 + length;
            m_isLeftOutNext = false;
        }
        return length > 0 && value(length);
    }

    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        const qsizetype length = lengthOf(text, size);
        if (length == 0)
            return false;
        m_length += length;
        const std::string_view key(text, size);
        Frame &frame = m_frames.back();
        if (m_keys.size() > frame.firstKey && m_keys.back() >= key)
            frame.isSorted = false;
        m_keys.append(key);
        if (m_frames.size() == 1)
            m_isWithin = key == m_within;
        else if (m_frames.size() == 2 && m_isWithin && key == m_leaveOut) {
            m_cutFrom = text - m_text - 1;
            m_isLeftOutNext = true;
        }
        return true;
    }

    bool StartObject() { return start(); }
    bool StartArray() { return start(); }

    bool EndObject(rapidjson::SizeType members)
    {
        const Frame frame = m_frames.back();
        if (!frame.isSorted) {
            m_isCanonical = false;
            const auto keys = m_keys.begin() + frame.firstKey;
            std::sort(keys, m_keys.end());
            if (const auto twice = std::adjacent_find(keys, m_keys.end()); twice != m_keys.end())
                return refuseTwice(*twice);
        }
        m_keys.resize(frame.firstKey);
        m_frames.removeLast();
        if (m_frames.isEmpty())
            m_kind = Kind::Object;
        m_length += members; // colons
        return end(members);
    }

    bool EndArray(rapidjson::SizeType elements)
    {
        m_frames.removeLast();
        if (m_frames.isEmpty())
            m_kind = Kind::Array;
        return end(elements);
    }

private:
    struct Frame
    {
        qsizetype firstKey = 0;
        bool isSorted = true;
    };

    bool refuse(const QString &problem)
    {
        m_problem = problem;
        return false;
    }

    bool refuseTwice(std::string_view key)
    {
        const QString name = QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
        return refuse(u"the member \"%1\" stands there twice"_s.arg(cleanText(name, limits::textLength)));
    }

    /// @return the length of a text's canonical form with its quotation marks; 0 when it must be refused
    qsizetype lengthOf(const char *text, qsizetype size)
    {
        // The reader writes \uD800 alone as three bytes that are no UTF-8; the text as it came was checked before.
        if (m_hasEscapes && !QByteArrayView(text, size).isValidUtf8()) {
            refuse(u"half of a surrogate pair stands alone"_s);
            return 0;
        }
        qsizetype length = size + 2;
        for (const char *c = text; c != text + size; ++c) {
            const auto byte = static_cast<unsigned char>(*c);
            if (byte == '"' || byte == '\\')
                ++length;
            else if (byte < 0x20 || byte >= 0xee)
                // \u001f could be \u001F; and from here on the order of UTF-8 is not that of UTF-16.
                m_isCanonical = false;
        }
        return length;
    }

    bool start()
    {
        if (m_frames.size() >= limits::jsonDepth)
            return refuse(u"nested deeper than %1"_s.arg(limits::jsonDepth));
        m_isLeftOutNext = false;
        m_frames.append(Frame{.firstKey = m_keys.size()});
        return true;
    }

    bool end(rapidjson::SizeType children)
    {
        m_length += 2 + (children > 0 ? children - 1 : 0); // brackets and commas
        return true;
    }

    bool value(qsizetype length)
    {
        m_isLeftOutNext = false;
        m_length += length;
        if (m_frames.isEmpty())
            m_kind = Kind::Other;
        return true;
    }

    const char *m_text;
    std::string_view m_within;
    std::string_view m_leaveOut;
    QVarLengthArray<Frame, 16> m_frames;
    QVarLengthArray<std::string_view, 48> m_keys; ///< of all objects that are open, in the reader's copy
    QString m_problem;
    qsizetype m_length = 0;
    qsizetype m_cutFrom = 0;
    qsizetype m_cutTo = 0;
    Kind m_kind = Kind::Nothing;
    bool m_hasEscapes;
    bool m_isCanonical = true;
    bool m_isWithin = false;
    bool m_isLeftOutNext = false;
};

std::unexpected<Error> notJson(const QString &problem, size_t offset)
{
    return failure(ParseError, u"Not JSON as this protocol takes it: %1, at byte %2."_s.arg(problem).arg(offset));
}

QByteArray without(QByteArrayView text, qsizetype from, qsizetype to)
{
    // One comma goes too: the one before, or that after where it is the first.
    if (to > from) {
        if (text[from - 1] == ',')
            --from;
        else if (text[to] == ',')
            ++to;
    }
    QByteArray rest;
    rest.reserve(text.size());
    rest.append(text.first(from)).append(text.sliced(to));
    return rest;
}

std::string_view viewOf(QLatin1StringView text)
{
    return {text.data(), static_cast<size_t>(text.size())};
}

} // namespace

Result<ParsedObject> parseJsonObjectWithout(QByteArrayView text, QLatin1StringView within, QLatin1StringView leaveOut)
{
    if (!text.isValidUtf8())
        return failure(ParseError, u"Not JSON: the bytes are not UTF-8."_s);
    // The reader takes a NUL for the end, and would let anything follow it.
    if (const qsizetype nul = text.indexOf('\0'); nul >= 0)
        return notJson(u"a NUL byte"_s, static_cast<size_t>(nul));

    // In a copy that it may write to, the reader needs no stack of its own, whose pointer arithmetic is not all sound; and it is quicker.
    QByteArray copy = text.toByteArray();
    Strictness strictness(copy.constData(), text.contains('\\'), viewOf(within), viewOf(leaveOut));
    rapidjson::InsituStringStream stream(copy.data());
    rapidjson::Reader reader;
    const rapidjson::ParseResult parsed = reader.Parse < rapidjson::kParseInsituFlag
                                          | rapidjson::kParseNumbersAsStringsFlag > (stream, strictness);
    if (parsed.IsError()) {
        const QString problem = strictness.problem().isEmpty() ? QString::fromUtf8(rapidjson::GetParseError_En(parsed.Code()))
                                                               : strictness.problem();
        return notJson(problem.endsWith(u'.') ? problem.chopped(1) : problem, parsed.Offset());
    }
    if (strictness.kind() == Strictness::Kind::Array)
        return failure(InvalidRequest, u"A JSON array: batches are not taken, send one message after the other."_s);
    if (strictness.kind() != Strictness::Kind::Object)
        return failure(InvalidRequest, u"The JSON text is not an object."_s);

    QJsonParseError error;
    const QJsonDocument document = readJson(QByteArray::fromRawData(text.data(), text.size()), &error);
    if (!document.isObject())
        return notJson(error.errorString(), static_cast<size_t>(error.offset));
    ParsedObject result{.object = document.object(), .canonicalWithout = {}};
    if (strictness.isCanonical(text.size()))
        result.canonicalWithout = without(text, strictness.cutFrom(), strictness.cutTo());
    return result;
}

Result<QJsonObject> parseJsonObject(QByteArrayView text)
{
    Result<ParsedObject> parsed = parseJsonObjectWithout(text, {}, {});
    if (!parsed)
        return std::unexpected(std::move(parsed.error()));
    return std::move(parsed->object);
}

} // namespace muster
