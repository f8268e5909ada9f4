// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testcase.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::Literals::StringLiterals;

/// Reads the QML files as text, for what no linter knows: the rules of this house.
class TestSources : public muster::test::TestCase
{
    Q_OBJECT

private:
    struct Line
    {
        QString file;
        int number;
        QString text;
        [[nodiscard]] QString where() const { return u"%1:%2: %3"_s.arg(file).arg(number).arg(text.trimmed()); }
    };

    QList<Line> m_lines;

    static double luminance(const QString &colour)
    {
        const auto channel = [&colour](int at) {
            const double c = colour.mid(at, 2).toInt(nullptr, 16) / 255.0;
            return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
        };
        return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    }
    static double contrast(const QString &one, const QString &other)
    {
        const double a = luminance(one);
        const double b = luminance(other);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    }

    void refuse(const QRegularExpression &pattern, const QStringList &exceptFiles, const char *why)
    {
        QVERIFY(pattern.isValid());
        QStringList found;
        for (const Line &line : std::as_const(m_lines)) {
            if (!exceptFiles.contains(line.file.section(u'/', -1)) && pattern.match(line.text).hasMatch())
                found << line.where();
        }
        QVERIFY2(found.isEmpty(), qPrintable(QLatin1StringView(why) + u"\n"_s + found.join(u'\n')));
    }

private slots:
    void initTestCase()
    {
        const QString root = QStringLiteral(MUSTER_SOURCE_DIR "/qml/Muster");
        QDirIterator files(root, {u"*.qml"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            int number = 0;
            const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
            for (const QString &line : lines)
                m_lines << Line{file.fileName(), ++number, line.section(u"//"_s, 0, 0)};
        }
        QVERIFY(m_lines.size() > 1000);
    }

    void coloursComeFromTheTheme()
    {
        refuse(QRegularExpression(u"\"#[0-9a-fA-F]{3,8}\"|Qt\\.(rgba|hsla|darker|lighter|tint)|olor: *\"(?!transparent)"_s),
               {u"QrCode.qml"_s /* for cameras, whatever the theme */}, "literal colours:");
    }

    void sizesComeFromTheTheme()
    {
        // 0, 1 and 2 as factors are no sizes; nor is what stands in a comparison or an index.
        refuse(QRegularExpression(u"\\b(x|y|width|height|spacing|radius|padding|[a-zA-Z]+Padding|[a-zA-Z]*[mM]argins?|[a-zA-Z]+Margin|"
                                  u"pixelSize|pointSize|implicitWidth|implicitHeight|"
                                  "border\\.width|strokeWidth|duration|interval) *: *-?[0-9]*[2-9][0-9.]* *$|pointSize"_s),
               {}, "literal sizes:");
    }

    void textIsShownAsPlainText()
    {
        // Label, Icon and the text field's own are the only texts there are; both say PlainText.
        refuse(QRegularExpression(u"^\\s*(Text|TextEdit|TextArea|Image|AnimatedImage|Basic\\.(Label|TextArea|ToolTip\\.text))\\b *\\{?$"_s),
               {u"Label.qml"_s, u"Icon.qml"_s, u"CodeArea.qml"_s}, "texts that are not a Label, or images:");
        for (const QString &name : {u"Label.qml"_s, u"Icon.qml"_s}) {
            QVERIFY2(std::ranges::any_of(m_lines,
                                         [&name](const Line &line) {
                                             return line.file.endsWith(u'/' + name) && line.text.contains("textFormat: Text.PlainText"_L1);
                                         }),
                     qPrintable(name));
        }
        QVERIFY(std::ranges::any_of(m_lines, [](const Line &line) {
            return line.file.endsWith("/CodeArea.qml"_L1) && line.text.contains("textFormat: TextEdit.PlainText"_L1);
        }));
        // Qt's placeholders guess whether a text is markup, and would fetch the picture that a device names in one.
        refuse(QRegularExpression(u"placeholderText"_s), {}, "placeholders of Qt's:");
        refuse(QRegularExpression(u"RichText|StyledText|MarkdownText|AutoText|linkActivated"_s), {}, "marked-up texts:");
    }

    void nothingBlocksOrReachesOut()
    {
        refuse(QRegularExpression(u"XMLHttpRequest|\\bexec\\(|Qt\\.openUrlExternally|eval\\("_s), {},
               "what the browser cannot do, or a device's text must not start:");
    }

    void valuesAreFilledInAtOnce()
    {
        // Two in a row: the second goes into what the first brought with it. `arg()` of QML knows no other way: Format.fill() does.
        refuse(QRegularExpression(u"\\.arg(\\((?:[^()]|(?1))*\\))\\.arg\\("_s), {}, "one arg() after the other:");
    }

    void errorsHaveNames() { refuse(QRegularExpression(u"-32[0-9]{3}\\b"_s), {}, "numbers of errors, for which models have words:"); }

    void textsCanBeTranslated()
    {
        // A text of letters that people read stands in qsTr(); names of things do not.
        refuse(QRegularExpression(u"\\b(text|title|hint|action|label|detail): \"(?!Muster\"|Ctrl)[A-Za-z]{2,}"_s), {},
               "texts without qsTr():");
    }

    void bothThemesCanBeRead_data()
    {
        QTest::addColumn<QString>("theme");
        QTest::newRow("dark") << u"dark"_s;
        QTest::newRow("light") << u"light"_s;
    }
    void bothThemesCanBeRead()
    {
        QFETCH(const QString, theme);
        QFile file(QStringLiteral(MUSTER_SOURCE_DIR "/resources/theme/tokens.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject tokens = QJsonDocument::fromJson(file.readAll()).object()[theme].toObject();
        // Text on every ground that it is drawn on: 4.5 to 1 (WCAG 2.2, 1.4.3).
        const QStringList grounds{u"background"_s, u"rail"_s, u"panel"_s, u"panelRaised"_s, u"panelHover"_s, u"accentPanel"_s};
        QList<std::pair<QString, QString>> pairs;
        for (const QString &ink : {u"text"_s, u"textSecondary"_s, u"textTertiary"_s, u"accentText"_s, u"warningText"_s, u"failingText"_s}) {
            for (const QString &ground : grounds)
                pairs << std::pair(ink, ground);
        }
        for (const QString &ground : {u"background"_s, u"panel"_s, u"panelRaised"_s, u"panelHover"_s})
            pairs << std::pair(u"okText"_s, ground);
        pairs << std::pair(u"okText"_s, u"okPanel"_s) << std::pair(u"warningText"_s, u"warningPanel"_s)
              << std::pair(u"failingText"_s, u"failingPanel"_s) << std::pair(u"text"_s, u"failingPanel"_s)
              << std::pair(u"textSecondary"_s, u"failingPanel"_s) << std::pair(u"accentInk"_s, u"accent"_s)
              << std::pair(u"accentInk"_s, u"accentHover"_s) << std::pair(u"textSecondary"_s, u"line"_s) << std::pair(u"text"_s, u"line"_s);
        QStringList low;
        for (const auto &[ink, ground] : std::as_const(pairs)) {
            const double ratio = contrast(tokens[ink].toString(), tokens[ground].toString());
            if (ratio < 4.5)
                low << u"%1 on %2: %3"_s.arg(ink, ground).arg(ratio, 0, 'f', 2);
        }
        // Marks that mean something: 3 to 1 (WCAG 2.2, 1.4.11).
        for (const QString &mark : {u"ok"_s, u"warning"_s, u"failing"_s, u"offline"_s, u"accent"_s, u"lineStrong"_s}) {
            for (const QString &ground : {u"background"_s, u"panel"_s}) {
                const double ratio = contrast(tokens[mark].toString(), tokens[ground].toString());
                if (ratio < 3)
                    low << u"%1 on %2: %3"_s.arg(mark, ground).arg(ratio, 0, 'f', 2);
            }
        }
        QVERIFY2(low.isEmpty(), qPrintable(low.join(u'\n')));
    }
};

MUSTER_TEST(TestSources)
#include "tst_sources.moc"
