// SPDX-License-Identifier: GPL-3.0-or-later
#include "wasm/wishes.h"

#include "wasm/mirror.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QQuickItem>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

void strike(QObject *item, Qt::Key key, const QString &text)
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, Qt::NoModifier, text);
        QCoreApplication::sendEvent(item, &event);
    }
}

void press(QAccessibleInterface *item)
{
    if (!isPressable(item))
        return;
    // Qt gives a combo box no action.
    if (item->role() == QAccessible::ComboBox)
        return strike(item->object(), Qt::Key_Space, u" "_s);
    if (auto *actions = item->actionInterface())
        actions->doAction(QAccessibleActionInterface::pressAction());
}

void focus(QQuickItem *item)
{
    // A row is said to have the focus of its list, and takes none itself.
    if (item && (item->activeFocusOnTab() || item->property("focusPolicy").toInt() != Qt::NoFocus) && !item->hasActiveFocus())
        item->forceActiveFocus(Qt::TabFocusReason);
}

void type(QObject *field, const QString &text)
{
    if (!field->property("cursorPosition").isValid() || field->property("text").toString() == text)
        return;
    // As an input method does it, not by the property: limits hold, and the field says that it was edited.
    QMetaObject::invokeMethod(field, "deselect");
    QInputMethodEvent event;
    event.setCommitString(text, -field->property("cursorPosition").toInt(), field->property("length").toInt());
    QCoreApplication::sendEvent(field, &event);
}

} // namespace

void fulfil(QAccessible::Id id, QStringView wish, const QString &text)
{
    QAccessibleInterface *item = QAccessible::accessibleInterface(id);
    if (!item || !item->isValid() || !item->object())
        return;
    const QAccessible::State state = item->state();
    if (state.invisible || state.disabled)
        return;
    if (wish == "press"_L1)
        press(item);
    else if (wish == "focus"_L1)
        focus(qobject_cast<QQuickItem *>(item->object()));
    else if (wish == "type"_L1)
        type(item->object(), text);
    else if (wish == "enter"_L1)
        strike(item->object(), Qt::Key_Return, u"\r"_s);
}

} // namespace muster
