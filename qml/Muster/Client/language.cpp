// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Client/language.h"

#include "client/words/format.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QPointer>
#include <QQmlEngine>

using namespace Qt::Literals::StringLiterals;

namespace muster::qml {

namespace {

QString inProgram(const QString &code)
{
    return u":/muster/words/%1.qm"_s.arg(code);
}

/// The place whose way to write figures and dates goes with the language.
QLocale localeOf(const QString &code)
{
    return code == "en"_L1 ? QLocale(QLocale::English, QLocale::UnitedStates) : QLocale(code);
}

} // namespace

Language::Language(QObject *parent)
    : QObject(parent)
    , m_source([](const QString &code, const Answer &answer) {
        QFile file(inProgram(code));
        answer(file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    })
{
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_translator);
    format::setLocale(localeOf(u"en"_s));
    QLocale::setDefault(localeOf(u"en"_s));
}

QStringList Language::codes()
{
    return {u"en"_s, u"de"_s, u"fr"_s};
}

bool Language::isRightToLeft() const
{
    return localeOf(m_code).textDirection() == Qt::RightToLeft;
}

QString Language::nameOf(const QString &code)
{
    const QString name = code == "en"_L1 ? u"English"_s : QLocale(code).nativeLanguageName();
    return name.left(1).toUpper() + name.mid(1);
}

QString Language::firstOf(const QStringList &wanted)
{
    for (const QString &tag : wanted) {
        const QString language = tag.section(u'-', 0, 0).section(u'_', 0, 0).toLower();
        if (codes().contains(language))
            return language;
    }
    return u"en"_s;
}

void Language::choose(const QString &code)
{
    const QString known = codes().contains(code) ? code : QString();
    m_wanted = known.isEmpty() ? firstOf(QLocale::system().uiLanguages()) : known;
    if (known != m_chosen) {
        m_chosen = known;
        emit chosenChanged();
    }
    if (m_wanted == m_code)
        return;
    if (m_wanted == "en"_L1) {
        take(m_wanted, {});
        return;
    }
    m_source(m_wanted, [self = QPointer(this), code = m_wanted](const QByteArray &words) {
        if (self)
            self->take(code, words);
    });
}

void Language::take(const QString &code, const QByteArray &words)
{
    // Somebody may have chosen another one while these were on their way.
    if (code != m_wanted || code == m_code)
        return;
    QCoreApplication::removeTranslator(&m_translator);
    m_words = words;
    if (code == "en"_L1) {
        obey(code);
        return;
    }
    if (!m_translator.load(reinterpret_cast<const uchar *>(m_words.constData()), int(m_words.size()))) {
        // What there is of it stays in force; the next choice asks again.
        qWarning("The words of the language %s could not be had: it stays English", qPrintable(code));
        obey(u"en"_s);
        return;
    }
    QCoreApplication::installTranslator(&m_translator);
    obey(code);
}

void Language::obey(const QString &code)
{
    if (code == m_code)
        return;
    format::setLocale(localeOf(code));
    QLocale::setDefault(localeOf(code));
    m_code = code;
    // What is made once (singletons) is not made anew with the window.
    if (QQmlEngine *engine = qmlEngine(this))
        engine->retranslate();
    emit codeChanged();
}

void Language::speakEnglish()
{
    static QTranslator english;
    QLocale::setDefault(localeOf(u"en"_s));
    if (english.isEmpty() && !english.load(inProgram(u"en"_s)))
        qFatal("The program has no English plurals in it: it was not built whole");
    QCoreApplication::installTranslator(&english);
}

} // namespace muster::qml
