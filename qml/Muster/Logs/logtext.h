// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/values/ansitext.h"

#include <QColor>
#include <QFont>
#include <QQuickItem>
#include <QTextLayout>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace muster {

/// A line of a log as a terminal draws it. Its looks are stretches of letters, not markup: there is nothing in a text that could be read as such.
class LogText : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    Q_PROPERTY(QVariant spans READ spans WRITE setSpans NOTIFY spansChanged FINAL)
    Q_PROPERTY(QFont font READ font WRITE setFont NOTIFY fontChanged FINAL)
    Q_PROPERTY(QColor color READ color WRITE setColor NOTIFY coloursChanged FINAL)
    Q_PROPERTY(QColor ground READ ground WRITE setGround NOTIFY coloursChanged FINAL)
    Q_PROPERTY(QList<QColor> colours READ colours WRITE setColours NOTIFY coloursChanged FINAL)
    Q_PROPERTY(bool wrap READ wraps WRITE setWrap NOTIFY wrapChanged FINAL)

public:
    explicit LogText(QQuickItem *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    /// QList<AnsiSpan>.
    [[nodiscard]] QVariant spans() const { return QVariant::fromValue(m_spans); }
    void setSpans(const QVariant &spans);
    [[nodiscard]] QFont font() const { return m_font; }
    void setFont(const QFont &font);
    [[nodiscard]] QColor color() const { return m_color; }
    void setColor(const QColor &color);
    /// What it stands on, for the contrast.
    [[nodiscard]] QColor ground() const { return m_ground; }
    void setGround(const QColor &ground);
    /// The sixteen colours, see LogColours.
    [[nodiscard]] QList<QColor> colours() const { return m_palette; }
    void setColours(const QList<QColor> &colours);
    /// Broken anywhere at its width.
    [[nodiscard]] bool wraps() const { return m_wrap; }
    void setWrap(bool wrap);
    /// For tests: how it is drawn.
    [[nodiscard]] QList<QTextLayout::FormatRange> formats() const;

signals:
    void textChanged();
    void spansChanged();
    void fontChanged();
    void coloursChanged();
    void wrapChanged();

protected:
    void componentComplete() override;
    void geometryChange(const QRectF &newGeometry, const QRectF &oldGeometry) override;
    void updatePolish() override;
    QSGNode *updatePaintNode(QSGNode *node, UpdatePaintNodeData *data) override;

private:
    void layOut();

    QString m_text;
    QList<AnsiSpan> m_spans;
    QFont m_font;
    QColor m_color = Qt::black;
    QColor m_ground = Qt::white;
    QList<QColor> m_palette;
    bool m_wrap = false;
    QTextLayout m_layout;
};

} // namespace muster
