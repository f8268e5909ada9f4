// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Logs/logcolours.h"
#include "qml/Muster/Logs/logtext.h"
#include "tests/support/testcase.h"

#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQuickWindow>

using namespace Qt::Literals::StringLiterals;
using namespace muster;

class TestLogText : public test::TestCase
{
    Q_OBJECT

private:
    struct Ground
    {
        QList<QColor> palette;
        QColor text;
        QColor panel;
    };
    static Ground theme(const QString &name)
    {
        QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/resources/theme/tokens.json"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QJsonObject tokens = QJsonDocument::fromJson(file.readAll()).object()[name].toObject();
        Ground ground{.palette = {}, .text = QColor(tokens["text"_L1].toString()), .panel = QColor(tokens["panel"_L1].toString())};
        for (const QString &bright : {QString(), u"Bright"_s}) {
            for (const char *colour : {"Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White"})
                ground.palette << QColor(tokens["terminal"_L1 + bright + QLatin1StringView(colour)].toString());
        }
        return ground;
    }

private slots:
    void nothingIsInvisible_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("dark") << u"dark"_s;
        QTest::newRow("light") << u"light"_s;
    }
    void nothingIsInvisible()
    {
        QFETCH(const QString, name);
        const Ground ground = theme(name);
        QCOMPARE(ground.palette.size(), 16);
        const LogColours colours(ground.palette, ground.text, ground.panel);
        QList<qint32> values{AnsiStyle::none};
        for (qint32 i = 0; i < 16; ++i)
            values << i;
        for (const qint32 rgb : {0x000000, 0xFFFFFF, 0x151A21, 0x808080, 0x0000FF, 0xFFFF00})
            values << (AnsiStyle::direct | rgb);
        for (const qint32 ink : std::as_const(values)) {
            for (const qint32 under : std::as_const(values)) {
                for (const bool inverse : {false, true}) {
                    AnsiStyle style;
                    style.ink = ink;
                    style.ground = under;
                    style.inverse = inverse;
                    style.faint = inverse;
                    style.bold = !inverse;
                    const LogColours::Drawn drawn = colours.drawn(style);
                    const double contrast = LogColours::contrast(drawn.ink, drawn.ground.isValid() ? drawn.ground : ground.panel);
                    QVERIFY2(contrast >= 4.4, qPrintable(u"%1 on %2: %3"_s.arg(ink, 0, 16).arg(under, 0, 16).arg(contrast)));
                }
            }
        }
    }

    void theThemesOwnColoursStayAsTheyAre()
    {
        for (const QString &name : {u"dark"_s, u"light"_s}) {
            const Ground ground = theme(name);
            for (const QColor &colour : ground.palette)
                QCOMPARE(LogColours::readable(colour, ground.panel), colour);
        }
    }

    void markupIsText()
    {
        LogText text;
        text.setText(u"<b>bold</b> <img src=\"http://x\">"_s);
        const qreal whole = text.implicitWidth();
        text.setText(u"bold "_s);
        QVERIFY(whole > 4 * text.implicitWidth());
    }

    void spansBecomeFormats()
    {
        LogText text;
        text.setColor(Qt::black);
        text.setGround(Qt::white);
        text.setText(u"abcdef"_s);
        AnsiStyle style;
        style.bold = style.underlined = true;
        text.setSpans(
            QVariant::fromValue(QList<AnsiSpan>{{.start = 2, .length = 2, .style = style}, {.start = 5, .length = 9, .style = style}}));
        QCOMPARE(text.formats().size(), 2);
        QCOMPARE(text.formats()[0].start, 2);
        QVERIFY(text.formats()[0].format.fontUnderline());
        QCOMPARE(text.formats()[0].format.fontWeight(), int(QFont::Bold));
        QCOMPARE(text.formats()[1].length, 1); // no further than the text
        text.setText(u"a"_s);
        QVERIFY(text.formats().isEmpty());
    }

    void longLinesAreWrapped()
    {
        LogText text;
        text.setText(u"x"_s.repeated(200));
        const qreal one = text.implicitHeight();
        text.setWidth(text.implicitWidth() / 4);
        QCOMPARE(text.implicitHeight(), one);
        text.setWrap(true);
        QVERIFY(text.implicitHeight() >= 4 * one - 4);
    }

    void coloursAreDrawn()
    {
        QQuickWindow window;
        window.resize(200, 40);
        window.setColor(Qt::white);
        LogText text(window.contentItem());
        text.setSize({200, 40});
        text.setText(u"MMMM"_s);
        AnsiStyle style;
        style.ground = AnsiStyle::direct | 0x00C000;
        text.setSpans(QVariant::fromValue(QList<AnsiSpan>{{.start = 0, .length = 4, .style = style}}));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const auto isGreen = [&window] {
            const QImage image = window.grabWindow();
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, 4);
                if (pixel.green() > 150 && pixel.red() < 60 && pixel.blue() < 60)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY(isGreen());
    }
};

int main(int argc, char *argv[])
{
    // Without a graphics card.
    qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication application(argc, argv);
    TestLogText test;
    QTEST_SET_MAIN_SOURCE_PATH
    return QTest::qExec(&test, argc, argv);
}

#include "tst_logtext.moc"
