// SPDX-License-Identifier: GPL-3.0-or-later
// QJsonDocument takes the last of two members of one name, lone surrogates, and integers that a double cannot hold:
// each lets two readers of one signed text act on different values. So the text is read through RapidJSON's events.
#include "protocol/rpc/limits.h"
#include "protocol/rpc/message.h"

#include <QJsonArray>
#include <QVarLengthArray>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <charconv>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// I-JSON's bound (RFC 7493 section 2.2): no integer text beyond it rounds to a double within it.
constexpr double largestNumber = 9007199254740991.0; // 2^53 - 1

/// Builds the value out of the reader's events; an event that returns false ends the reading.
class Builder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Builder>
{
public:
    explicit Builder(bool hasEscapes)
        : m_hasEscapes(hasEscapes)
    {
    }

    [[nodiscard]] const QString &problem() const { return m_problem; }
    [[nodiscard]] const QJsonValue &value() const { return m_value; }

    bool Null() { return add(QJsonValue(QJsonValue::Null)); }
    bool Bool(bool value) { return add(QJsonValue(value)); }

    bool RawNumber(const char *text, rapidjson::SizeType size, bool)
    {
        // The common case: an integer that is exact in a double whatever its digits are.
        qint64 integer = 0;
        if (size <= 15) {
            const auto [end, error] = std::from_chars(text, text + size, integer);
            if (error == std::errc() && end == text + size)
                return add(QJsonValue(integer));
        }
        double number = 0;
        const auto [end, error] = std::from_chars(text, text + size, number);
        if (error != std::errc() || end != text + size || std::abs(number) > largestNumber)
            return refuse(u"a number is outside ±(2^53-1) or cannot be told from zero"_s);
        if (number == std::trunc(number))
            return add(QJsonValue(static_cast<qint64>(number)));
        return add(QJsonValue(number));
    }

    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        if (!holds(text, size))
            return false;
        return add(QJsonValue(QString::fromUtf8(text, size)));
    }

    bool Key(const char *text, rapidjson::SizeType size, bool)
    {
        if (!holds(text, size))
            return false;
        m_frames.back().key = QString::fromUtf8(text, size);
        return true;
    }

    bool StartObject() { return start(false); }
    bool StartArray() { return start(true); }

    bool EndObject(rapidjson::SizeType)
    {
        QJsonObject object = std::move(m_frames.back().object);
        m_frames.removeLast();
        return add(QJsonValue(std::move(object)));
    }

    bool EndArray(rapidjson::SizeType)
    {
        QJsonArray array = std::move(m_frames.back().array);
        m_frames.removeLast();
        return add(QJsonValue(std::move(array)));
    }

private:
    struct Frame
    {
        bool isArray = false;
        QJsonObject object;
        QJsonArray array;
        QString key;
    };

    bool refuse(const QString &problem)
    {
        m_problem = problem;
        return false;
    }

    /// The reader writes \uD800 alone as three bytes that are no UTF-8; the text itself was checked before.
    bool holds(const char *text, rapidjson::SizeType size)
    {
        if (m_hasEscapes && !QByteArrayView(text, static_cast<qsizetype>(size)).isValidUtf8())
            return refuse(u"half of a surrogate pair stands alone"_s);
        return true;
    }

    bool start(bool isArray)
    {
        if (m_frames.size() >= limits::jsonDepth)
            return refuse(u"nested deeper than %1"_s.arg(limits::jsonDepth));
        m_frames.append(Frame{.isArray = isArray, .object = {}, .array = {}, .key = {}});
        return true;
    }

    bool add(QJsonValue &&value)
    {
        if (m_frames.isEmpty()) {
            m_value = std::move(value);
            return true;
        }
        Frame &frame = m_frames.back();
        if (frame.isArray) {
            frame.array.append(std::move(value));
            return true;
        }
        const qsizetype before = frame.object.size();
        frame.object.insert(frame.key, value);
        if (frame.object.size() == before)
            return refuse(u"the member \"%1\" stands there twice"_s.arg(cleanText(frame.key, limits::textLength)));
        return true;
    }

    QVarLengthArray<Frame, 8> m_frames;
    QJsonValue m_value;
    QString m_problem;
    bool m_hasEscapes;
};

std::unexpected<Error> notJson(const QString &problem, size_t offset)
{
    return failure(ParseError, u"Not JSON as this protocol takes it: %1, at byte %2."_s.arg(problem).arg(offset));
}

} // namespace

Result<QJsonObject> parseJsonObject(QByteArrayView text)
{
    if (!text.isValidUtf8())
        return failure(ParseError, u"Not JSON: the bytes are not UTF-8."_s);
    // The reader takes a NUL for the end, and would let anything follow it.
    if (const qsizetype nul = text.indexOf('\0'); nul >= 0)
        return notJson(u"a NUL byte"_s, static_cast<size_t>(nul));

    Builder builder(text.contains("\\u"));
    // In a copy that it may write to, the reader needs no stack of its own, whose pointer arithmetic is not all sound; and it is quicker.
    QByteArray copy = text.toByteArray();
    rapidjson::InsituStringStream stream(copy.data());
    rapidjson::Reader reader;
    const rapidjson::ParseResult parsed = reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag>(stream, builder);
    if (parsed.IsError()) {
        const QString problem = builder.problem().isEmpty() ? QString::fromUtf8(rapidjson::GetParseError_En(parsed.Code()))
                                                            : builder.problem();
        return notJson(problem.endsWith(u'.') ? problem.chopped(1) : problem, parsed.Offset());
    }
    if (builder.value().isArray())
        return failure(InvalidRequest, u"A JSON array: batches are not taken, send one message after the other."_s);
    if (!builder.value().isObject())
        return failure(InvalidRequest, u"The JSON text is not an object."_s);
    return builder.value().toObject();
}

} // namespace muster
