// SPDX-License-Identifier: GPL-3.0-or-later
#include "mock/mockseed.h"

#include <QByteArray>
#include <QStringList>

using namespace Qt::Literals::StringLiterals;

namespace muster::mock {

namespace {

const QStringList &wordList()
{
    static const QStringList words =
        u"velvet anchor mango piano otter cable solar ridge harbor lemon quiet stone amber badge candle desert ember "
        "fabric garden hammer island jacket kitten ladder marble napkin ocean pepper quartz ribbon saddle tunnel "
        "umbrella violin walnut yellow zebra acorn basket cactus donkey engine falcon ginger helmet insect jungle "
        "kettle lantern mirror needle orchid parrot rocket silver timber useful valley window winter"_s.split(u' ');
    return words;
}

} // namespace

QString nasty(quint64 n)
{
    switch (n % 8) {
    case 0: return u"x"_s.repeated(200);
    case 1: return u"<b>bold</b><img src='http://example.invalid/x.png'>"_s;
    case 2: return u"abc\u202Egnp.exe"_s;
    case 3: return u"\U0001F600\U0001F680\U0001F9D1\u200D\U0001F4BB gate \U0001F525"_s;
    case 4: return u"line\nbreak\ttab\x1b[31mred"_s;
    case 5: return u"&lt;script&gt;alert(1)&lt;/script&gt;"_s;
    case 6: return u"Z\u0351\u034B\u036Ba\u0300\u0301\u0302l\u0315go"_s;
    default: return u"مرحبا 世界 Привет"_s;
    }
}

double curve(quint64 seed, qint64 time, qint64 period)
{
    const qint64 cell = time / period;
    const double at = double(time % period) / double(period);
    const double smooth = at * at * (3 - 2 * at);
    const double a = unit(seed ^ mix(quint64(cell)));
    const double b = unit(seed ^ mix(quint64(cell + 1)));
    return a + (b - a) * smooth;
}

QJsonArray wordsOf(quint64 seed)
{
    QJsonArray words;
    for (quint64 i = 0; i < 6; ++i)
        words << wordList()[qsizetype(mix(seed + i * 977) % quint64(wordList().size()))];
    return words;
}

QString fingerprintOf(quint64 seed)
{
    QByteArray bytes;
    for (quint64 i = 0; i < 4; ++i) {
        const quint64 part = mix(seed + i * 31);
        bytes.append(reinterpret_cast<const char *>(&part), sizeof part);
    }
    return u"SHA256:"_s + QString::fromLatin1(bytes.toBase64(QByteArray::OmitTrailingEquals));
}

} // namespace muster::mock
