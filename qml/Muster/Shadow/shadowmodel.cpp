// SPDX-License-Identifier: GPL-3.0-or-later
#include "qml/Muster/Shadow/shadowmodel.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace muster {

namespace {

/// What a person typed: JSON, or else a text.
QJsonValue valueOf(const QString &text)
{
    const QJsonArray read = QJsonDocument::fromJson((u'[' + text + u']').toUtf8()).array();
    return read.size() == 1 ? read.first() : QJsonValue(text);
}

bool isOfAgent(const ShadowLeaf &leaf)
{
    return leaf.path.constFirst() == "muster"_L1;
}

bool isSwitch(const ShadowLeaf &leaf)
{
    if (isOfAgent(leaf))
        return false;
    const QJsonValue &value = leaf.desired.isUndefined() ? leaf.reported : leaf.desired;
    return value.isBool() && (leaf.reported.isBool() || leaf.reported.isUndefined());
}

bool isOn(const ShadowLeaf &leaf)
{
    return leaf.desired.isUndefined() ? leaf.reported.toBool() : leaf.desired.toBool();
}

} // namespace

void ShadowModel::setLink(Link *link)
{
    if (m_link == link)
        return;
    m_link = link;
    emit linkChanged();
    retry();
}

void ShadowModel::setDeviceId(const QString &id)
{
    if (m_deviceId == id)
        return;
    m_deviceId = id;
    emit deviceIdChanged();
    retry();
}

int ShadowModel::differing() const
{
    return int(std::ranges::count_if(m_shadow.leaves, &ShadowLeaf::differs));
}

QString ShadowModel::desiredText() const
{
    return QString::fromUtf8(QJsonDocument(m_shadow.desired).toJson(QJsonDocument::Indented)).trimmed();
}

int ShadowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ShadowModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ShadowLeaf &leaf = m_shadow.leaves.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole: return leaf.name();
    case DesiredRole: return valueText(leaf.desired);
    case ReportedRole: return valueText(leaf.reported);
    case DiffersRole: return leaf.differs;
    case SinceRole: return static_cast<double>(leaf.differs ? leaf.desiredSince : leaf.reportedSince);
    case IsSwitchRole: return isSwitch(leaf);
    case IsOnRole: return isOn(leaf);
    case IsOfAgentRole: return isOfAgent(leaf);
    case IsWantedRole: return !leaf.desired.isUndefined();
    default: return {};
    }
}

QHash<int, QByteArray> ShadowModel::roleNames() const
{
    return {{NameRole, "name"},       {DesiredRole, "desired"},   {ReportedRole, "reported"},
            {DiffersRole, "differs"}, {SinceRole, "since"},       {IsSwitchRole, "isSwitch"},
            {IsOnRole, "isOn"},       {IsWantedRole, "isWanted"}, {IsOfAgentRole, "isOfAgent"}};
}

void ShadowModel::retry()
{
    delete m_subscription;
    show({});
    if (!m_link || m_deviceId.isEmpty()) {
        setLoading(states::Loading::Idle);
        return;
    }
    setLoading(states::Loading::Underway);
    m_subscription = m_link->subscribe(u"shadow"_s, {{"id"_L1, m_deviceId}}, this);
    connect(m_subscription, &Subscription::started, this, &ShadowModel::take);
    connect(m_subscription, &Subscription::updated, this, [this](const QString &, const QJsonObject &news) { take(news); });
    connect(m_subscription, &Subscription::failed, this, [this](const Error &error) {
        if (m_link && m_link->isLive())
            setLoading(states::Loading::Failed, error.message);
    });
}

void ShadowModel::take(const QJsonObject &answer)
{
    // One that was forgotten meanwhile stays as it was.
    if (answer["shadow"_L1].isObject())
        show(Shadow::fromJson(answer["shadow"_L1].toObject()));
    setLoading(states::Loading::Loaded);
}

void ShadowModel::show(const Shadow &shadow)
{
    if (shadow == m_shadow)
        return;
    const auto samePath = [](const ShadowLeaf &a, const ShadowLeaf &b) { return a.path == b.path; };
    const bool sameRows = std::ranges::equal(m_shadow.leaves, shadow.leaves, samePath);
    if (!sameRows)
        beginResetModel();
    m_shadow = shadow;
    if (!sameRows)
        endResetModel();
    else if (!m_shadow.leaves.isEmpty())
        emit dataChanged(index(0), index(count() - 1));
    emit shadowChanged();
}

void ShadowModel::toggle(int row)
{
    if (row >= 0 && row < count() && isSwitch(m_shadow.leaves.at(row)))
        ask(patchOf(m_shadow.leaves.at(row).path, !isOn(m_shadow.leaves.at(row))));
}

void ShadowModel::want(int row, const QString &text)
{
    if (row >= 0 && row < count())
        ask(patchOf(m_shadow.leaves.at(row).path, valueOf(text)));
}

void ShadowModel::wantNamed(const QString &name, const QString &text)
{
    ask(patchOf(name.split(u'.', Qt::SkipEmptyParts), valueOf(text)));
}

void ShadowModel::takeBack(int row)
{
    if (row >= 0 && row < count())
        ask(patchOf(m_shadow.leaves.at(row).path, QJsonValue::Null));
}

QString ShadowModel::replace(const QString &text, double seen)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        return tr("This is no JSON: %1").arg(error.errorString());
    if (!document.isObject())
        return tr("It has to be an object: {…}");
    const QJsonObject patch = patchBetween(m_shadow.desired, document.object());
    if (patch.isEmpty())
        emit stored();
    else
        ask(patch, static_cast<qint64>(seen));
    return {};
}

void ShadowModel::ask(const QJsonObject &patch, qint64 version)
{
    if (!m_link || patch.isEmpty())
        return;
    ++m_waiting;
    emit busyChanged();
    m_link->call(u"Shadow.Update"_s, {{"id"_L1, m_deviceId}, {"state"_L1, QJsonObject{{"desired"_L1, patch}}}, {"version"_L1, version}},
                 this, [this, id = m_deviceId](const Result<QJsonValue> &answer) {
                     --m_waiting;
                     emit busyChanged();
                     if (!answer) {
                         emit refused(answer.error().message, answer.error().code == Conflict);
                         return;
                     }
                     if (id == m_deviceId)
                         show(Shadow::fromJson(answer->toObject()));
                     emit stored();
                 });
}

void ShadowModel::setLoading(states::Loading loading, const QString &errorText)
{
    if (m_loading == loading && m_errorText == errorText)
        return;
    m_loading = loading;
    m_errorText = errorText;
    emit loadingChanged();
}

} // namespace muster
