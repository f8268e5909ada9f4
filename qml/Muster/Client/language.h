// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QTranslator>
#include <QtQml/qqmlregistration.h>

#include <functional>

namespace muster::qml {

/// The language of the window: its words, and how figures and dates are written. What a server or a device says stays as it is said.
/// One for the program, in its one thread. The words come from qml/words.
class Language : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// What a person chose: one of `codes`, or empty: the first language of this machine that there are words for.
    Q_PROPERTY(QString chosen READ chosen WRITE choose NOTIFY chosenChanged FINAL)
    /// What is in force, once its words are there.
    Q_PROPERTY(QString code READ code NOTIFY codeChanged FINAL)
    Q_PROPERTY(QStringList codes READ codes CONSTANT FINAL)
    Q_PROPERTY(bool rightToLeft READ isRightToLeft NOTIFY codeChanged FINAL)

public:
    /// Answers with the words of a language as lrelease makes them; with nothing where they cannot be had.
    using Answer = std::function<void(const QByteArray &words)>;
    using Source = std::function<void(const QString &code, const Answer &answer)>;

    explicit Language(QObject *parent = nullptr);
    ~Language() override;

    [[nodiscard]] QString chosen() const { return m_chosen; }
    void choose(const QString &code);
    [[nodiscard]] QString code() const { return m_code; }
    /// "en", "de", "fr": those that there are words for, BCP 47.
    [[nodiscard]] static QStringList codes();
    [[nodiscard]] bool isRightToLeft() const;
    /// What a language calls itself.
    Q_INVOKABLE static QString nameOf(const QString &code);
    /// The one that `wanted` (BCP 47, the dearest first) leads to; "en" where there is none of them.
    [[nodiscard]] static QString firstOf(const QStringList &wanted);

    /// From where words come, other than out of the program itself. Before the first choice.
    void setSource(const Source &source) { m_source = source; }
    /// English plurals are words too: without them it says "1 devices". For programs and tests, once, when the application is there.
    static void speakEnglish();

signals:
    void chosenChanged();
    void codeChanged();

private:
    void take(const QString &code, const QByteArray &words);
    void obey(const QString &code);

    QString m_chosen;
    QString m_code = QStringLiteral("en");
    QString m_wanted = m_code;
    QByteArray m_words; ///< the translator reads from here
    QTranslator m_translator;
    Source m_source;
};

} // namespace muster::qml
