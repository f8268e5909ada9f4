// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/tests/rules.h"

#include <QAccessible>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>

using namespace Qt::Literals::StringLiterals;

namespace muster::test {

namespace {

constexpr qreal touchTarget = 44;
// Letters have air around them: boxes of two lines may touch by so much.
constexpr qreal air = 3;

struct Seen
{
    QQuickItem *item;
    QRectF at;    ///< in the window, without what is clipped away
    bool inPopup; ///< it lies over the page, and hides what is below
};

bool isPopup(const QQuickItem *item)
{
    return item->inherits("QQuickPopupItem") || item->inherits("QQuickOverlay");
}

/// A list keeps rows for another time, and makes some beforehand: visible by their own account, and drawn by nobody.
bool isKeptForLater(QQuickItem *list, QQuickItem *row)
{
    const QVariant index = row->property("index");
    if (!list || !list->inherits("QQuickItemView") || !index.isValid())
        return false;
    QQuickItem *shown = nullptr;
    return QMetaObject::invokeMethod(list, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, shown), Q_ARG(int, index.toInt())) && shown != row;
}

void collect(QQuickItem *item, const QRectF &within, bool inPopup, QList<Seen> &found)
{
    if (!item->isVisible() || item->opacity() == 0)
        return;
    const QRectF whole = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
    inPopup = inPopup || isPopup(item);
    const QRectF seen = whole & within;
    if (!within.isEmpty())
        found << Seen{item, seen, inPopup};
    const QRectF inside = item->clip() ? seen : within;
    const QList<QQuickItem *> children = item->childItems();
    for (QQuickItem *child : children) {
        if (!isKeptForLater(item->parentItem(), child))
            collect(child, inside, inPopup, found);
    }
}

QList<Seen> look(QQuickWindow *window)
{
    QList<Seen> found;
    // Wider than the window: what lies outside is to be found.
    collect(window->contentItem(), QRectF(-10'000, -10'000, 20'000, 20'000), false, found);
    return found;
}

bool scrollsSideways(QQuickItem *item)
{
    for (; item; item = item->parentItem()) {
        if (item->inherits("QQuickFlickable") && item->property("contentWidth").toReal() > item->width() + 1)
            return true;
    }
    return false;
}

QString describe(QQuickItem *item)
{
    QString words = item->property("text").toString().left(60);
    for (QQuickItem *up = item->parentItem(); words.isEmpty() && up; up = up->parentItem())
        words = u"in %1"_s.arg(QString::fromLatin1(up->metaObject()->className()));
    return u"%1 \"%2\" at %3,%4"_s.arg(QString::fromLatin1(item->metaObject()->className()), words)
        .arg(item->mapToScene({}).x())
        .arg(item->mapToScene({}).y());
}

bool isAncestor(const QQuickItem *up, const QQuickItem *item)
{
    while (item && item != up)
        item = item->parentItem();
    return item == up;
}

/// Where the letters of a text are.
QRectF letters(QQuickItem *text)
{
    const qreal width = std::min(text->property("contentWidth").toReal(), text->width());
    const qreal height = std::min(text->property("contentHeight").toReal(), text->height());
    const int across = text->property("effectiveHorizontalAlignment").toInt();
    const int down = text->property("verticalAlignment").toInt();
    const qreal x = across & Qt::AlignRight ? text->width() - width : across & Qt::AlignHCenter ? (text->width() - width) / 2 : 0;
    const qreal y = down & Qt::AlignBottom ? text->height() - height : down & Qt::AlignVCenter ? (text->height() - height) / 2 : 0;
    return text->mapRectToScene(QRectF(x, y, width, height));
}

bool presses(QQuickItem *item)
{
    if (item->inherits("QQuickAbstractButton") || item->inherits("QQuickTextField") || item->inherits("QQuickTextArea")
        || item->inherits("QQuickComboBox"))
        return item->isEnabled();
    if (item->inherits("QQuickMouseArea"))
        return item->isEnabled() && item->property("enabled").toBool() && item->property("acceptedButtons").toInt() != 0;
    return false;
}

/// Two things over each other, of which neither is part of the other.
QStringList covered(const QList<Seen> &things, qreal allowed, const QString &what)
{
    QStringList bad;
    for (qsizetype i = 0; i < things.size(); ++i) {
        for (qsizetype j = i + 1; j < things.size(); ++j) {
            const Seen &a = things[i];
            const Seen &b = things[j];
            const QRectF both = a.at & b.at;
            // A row that is pressed anywhere may hold a control of its own.
            if ((a.item->inherits("QQuickMouseArea") && a.at.contains(b.at))
                || (b.item->inherits("QQuickMouseArea") && b.at.contains(a.at)))
                continue;
            if (a.inPopup != b.inPopup || both.width() <= allowed || both.height() <= allowed || isAncestor(a.item, b.item)
                || isAncestor(b.item, a.item))
                continue;
            bad << u"%1: %2 and %3, by %4x%5"_s.arg(what, describe(a.item), describe(b.item)).arg(both.width()).arg(both.height());
        }
    }
    return bad;
}

bool isNews(QQuickItem *item)
{
    // News lie over the lower edge of the page for some seconds.
    for (; item; item = item->parentItem()) {
        if (QByteArrayView(item->metaObject()->className()).startsWith("Toasts"))
            return true;
    }
    return false;
}

} // namespace

QList<QQuickItem *> visibleItems(QQuickWindow *window)
{
    QList<QQuickItem *> items;
    for (const Seen &seen : look(window))
        items << seen.item;
    return items;
}

QStringList wrongTexts(QQuickWindow *window, bool mayBeCut)
{
    QStringList bad;
    QList<Seen> texts;
    for (const Seen &seen : look(window)) {
        QQuickItem *item = seen.item;
        // Every field of Qt's has a placeholder; ours leave it empty.
        if (!item->inherits("QQuickText") || item->property("text").toString().isEmpty())
            continue;
        constexpr int plainText = 0; // Text.PlainText
        if (item->property("textFormat").toInt() != plainText)
            bad << u"not plain text: "_s + describe(item);
        const bool mayElide = item->property("mayElide").toBool();
        const bool cutByDesign = mayElide && item->property("excerpt").toBool();
        if (item->property("truncated").toBool() && !(mayBeCut && mayElide) && !cutByDesign)
            bad << u"cut: "_s + describe(item);
        if (!mayElide && item->implicitWidth() > item->width() + 1 && item->property("wrapMode").toInt() == 0)
            bad << u"does not fit: "_s + describe(item);
        const QRectF at = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        if ((at.left() < -1 || at.right() > window->width() + 1) && !scrollsSideways(item))
            bad << u"outside of the window: "_s + describe(item);
        const QRectF written = letters(item) & seen.at;
        if (!item->property("text").toString().trimmed().isEmpty() && !written.isEmpty() && !isNews(item))
            texts << Seen{item, written, seen.inPopup};
    }
    return bad + covered(texts, air, u"over each other"_s);
}

QStringList wrongControls(QQuickWindow *window, bool fingers)
{
    QStringList bad;
    QList<Seen> pressed;
    for (const Seen &seen : look(window)) {
        QQuickItem *item = seen.item;
        if (!presses(item))
            continue;
        if (fingers && (item->height() < touchTarget || item->width() < touchTarget))
            bad << u"too small for a finger (%1x%2): "_s.arg(item->width()).arg(item->height()) + describe(item);
        const QRectF at = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
        if ((at.left() < -1 || at.right() > window->width() + 1) && !scrollsSideways(item))
            bad << u"outside of the window: "_s + describe(item);
        if (!seen.at.isEmpty() && !isNews(item))
            pressed << seen;
        if (!item->inherits("QQuickAbstractButton") && !item->inherits("QQuickTextField"))
            continue;
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(item);
        if (!access || access->text(QAccessible::Name).isEmpty())
            bad << u"nameless for a screen reader: "_s + describe(item);
    }
    return bad + covered(pressed, 1, u"one covers the other"_s);
}

/// @param kind of an item of this or above it, as its QML file is called
static bool isWithin(QQuickItem *item, QByteArrayView kind)
{
    for (; item; item = item->parentItem()) {
        if (QByteArrayView(item->metaObject()->className()).startsWith(kind))
            return true;
    }
    return false;
}

QStringList spoken(QQuickWindow *window)
{
    QStringList said;
    for (const Seen &seen : look(window)) {
        if (isWithin(seen.item, "LogLine"))
            continue;
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(seen.item);
        said << seen.item->property("text").toString() << seen.item->property("placeholderText").toString();
        if (access)
            said << access->text(QAccessible::Name) << access->text(QAccessible::Description);
    }
    said.removeAll(QString());
    return said;
}

QStringList wrongNames(QQuickWindow *window)
{
    // An id where a property was meant: "Label_QMLTYPE_5(0x5581a0)".
    static const QRegularExpression inner(u"\\(0x[0-9a-f]+\\)|_QMLTYPE_|\\bundefined\\b|\\[object "_s);
    QStringList bad;
    for (const Seen &seen : look(window)) {
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(seen.item);
        const QStringList said{seen.item->property("text").toString(), access ? access->text(QAccessible::Name) : QString(),
                               access ? access->text(QAccessible::Description) : QString()};
        for (const QString &words : said) {
            if (words.contains(inner))
                bad << u"not for people: \"%1\", "_s.arg(words) + describe(seen.item);
        }
    }
    return bad;
}

} // namespace muster::test
