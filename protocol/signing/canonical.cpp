// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/signing/canonical.h"

#include <QJsonArray>
#include <QVarLengthArray>

#include <algorithm>
#include <charconv>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

// I-JSON's bound (RFC 7493 section 2.2): no integer text beyond it rounds to a double within it.
constexpr double largestNumber = 9007199254740991.0; // 2^53 - 1

std::unexpected<Error> excluded(const QString &message)
{
    return failure(InvalidRequest, message);
}

bool isPlain(char16_t c)
{
    return c >= 0x20 && c < 0x80 && c != u'"' && c != u'\\';
}

void appendEscaped(QByteArray &to, char16_t c)
{
    switch (c) {
    case u'\b': to.append("\\b"); return;
    case u'\t': to.append("\\t"); return;
    case u'\n': to.append("\\n"); return;
    case u'\f': to.append("\\f"); return;
    case u'\r': to.append("\\r"); return;
    case u'"': to.append("\\\""); return;
    case u'\\': to.append("\\\\"); return;
    default: break;
    }
    static constexpr char digits[] = "0123456789abcdef";
    to.append("\\u00").append(digits[c >> 4]).append(digits[c & 15]);
}

Result<void> appendArray(QByteArray &to, const QJsonArray &array)
{
    to.append('[');
    bool first = true;
    for (const QJsonValueConstRef value : array) {
        if (!first)
            to.append(',');
        first = false;
        if (auto done = appendCanonical(to, QJsonValue(value)); !done)
            return done;
    }
    to.append(']');
    return {};
}

struct Member
{
    QString name;
    QJsonValue value;
};

using Members = QVarLengthArray<Member, 12>;

Members sortedMembers(const QJsonObject &object)
{
    Members members;
    members.reserve(object.size());
    for (auto it = object.begin(); it != object.end(); ++it)
        members.append(Member{it.key(), it.value()});
    // QJsonObject promises no order. The one it has is nearly always the right one already, so sorting costs one look.
    const auto byCodeUnits = [](const Member &a, const Member &b) {
        return QStringView(a.name) < QStringView(b.name); // by UTF-16 code units, as wanted
    };
    if (!std::ranges::is_sorted(members, byCodeUnits))
        std::ranges::sort(members, byCodeUnits);
    return members;
}

/// @param write appends the value of one member; @param leaveOut a name that is skipped, or null
Result<void> appendMembers(QByteArray &to, const QJsonObject &object, QLatin1StringView leaveOut, auto &&write)
{
    to.append('{');
    bool first = true;
    const Members members = sortedMembers(object);
    for (const Member &member : members) {
        if (!leaveOut.isNull() && member.name == leaveOut)
            continue;
        if (!first)
            to.append(',');
        first = false;
        if (auto done = appendCanonicalText(to, QStringView(member.name)); !done)
            return done;
        to.append(':');
        if (auto done = write(member); !done)
            return done;
    }
    to.append('}');
    return {};
}

Result<void> appendObject(QByteArray &to, const QJsonObject &object, QLatin1StringView leaveOut)
{
    return appendMembers(to, object, leaveOut, [&to](const Member &member) { return appendCanonical(to, member.value); });
}

} // namespace

Result<QByteArray> canonicalJson(const QJsonValue &value)
{
    QByteArray text;
    if (const auto done = appendCanonical(text, value); !done)
        return std::unexpected(done.error());
    return text;
}

Result<void> appendCanonical(QByteArray &to, const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null: to.append("null"); return {};
    case QJsonValue::Bool: to.append(value.toBool() ? "true" : "false"); return {};
    case QJsonValue::Double: {
        const double number = value.toDouble();
        // !(≤) catches NaN too.
        if (!(std::abs(number) <= largestNumber))
            return excluded(u"A number is outside ±(2^53-1): send it as a text."_s);
        if (!appendEcmaScriptNumber(to, number))
            return excluded(u"A number is not finite."_s);
        return {};
    }
    case QJsonValue::String: return appendCanonicalText(to, QStringView(value.toString()));
    case QJsonValue::Array: return appendArray(to, value.toArray());
    case QJsonValue::Object: return appendObject(to, value.toObject(), {});
    case QJsonValue::Undefined: break;
    }
    return excluded(u"An undefined value has no JSON form."_s);
}

Result<void> appendCanonicalWithout(QByteArray &to, const QJsonObject &object, QLatin1StringView within, QLatin1StringView leaveOut)
{
    return appendMembers(to, object, {}, [&](const Member &member) {
        return member.name == within && member.value.isObject() ? appendObject(to, member.value.toObject(), leaveOut)
                                                                : appendCanonical(to, member.value);
    });
}

Result<void> appendCanonicalText(QByteArray &to, QStringView text)
{
    to.append('"');
    if (std::ranges::all_of(text, [](QChar c) { return isPlain(c.unicode()); })) {
        const qsizetype at = to.size();
        to.resize(at + text.size());
        std::ranges::transform(text, to.data() + at, [](QChar c) { return static_cast<char>(c.unicode()); });
        to.append('"');
        return {};
    }
    if (!text.isValidUtf16())
        return excluded(u"A text holds half of a surrogate pair."_s);
    qsizetype copied = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        if (c >= 0x20 && c != u'"' && c != u'\\')
            continue;
        to.append(text.sliced(copied, i - copied).toUtf8());
        appendEscaped(to, c);
        copied = i + 1;
    }
    to.append(text.sliced(copied).toUtf8());
    to.append('"');
    return {};
}

bool appendEcmaScriptNumber(QByteArray &to, double number)
{
    if (!std::isfinite(number))
        return false;
    if (number == 0) {
        to.append('0'); // −0 too
        return true;
    }
    char buffer[32];
    if (std::abs(number) <= largestNumber && number == std::trunc(number)) {
        const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, static_cast<qint64>(number));
        to.append(buffer, end - buffer);
        return error == std::errc();
    }
    // The shortest digits that give the same double back, as d.ddde±xx: only their layout is ECMAScript's own.
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific);
    if (error != std::errc())
        return false;
    const char *const e = std::find(buffer, end, 'e');
    int exponent = 0;
    std::from_chars(e[1] == '+' ? e + 2 : e + 1, end, exponent);
    QByteArray digits(buffer, 1);
    if (e - buffer > 2)
        digits.append(buffer + 2, e - buffer - 2);

    if (number < 0)
        to.append('-');
    const auto count = static_cast<int>(digits.size()); // "k" of the standard
    const int point = exponent + 1;                     // "n": where the decimal point goes
    if (count <= point && point <= 21) {
        to.append(digits).append(point - count, '0');
    } else if (0 < point && point <= 21) {
        to.append(digits.first(point)).append('.').append(digits.sliced(point));
    } else if (-6 < point && point <= 0) {
        to.append("0.").append(-point, '0').append(digits);
    } else {
        to.append(digits.first(1));
        if (count > 1)
            to.append('.').append(digits.sliced(1));
        to.append(exponent < 0 ? "e-" : "e+").append(QByteArray::number(std::abs(exponent)));
    }
    return true;
}

} // namespace muster
