<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountRow</name>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln session</numerusform>
            <numerusform>%Ln sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API keys</source>
        <translation>
            <numerusform>%Ln API key</numerusform>
            <numerusform>%Ln API keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApprovalDetail</name>
    <message numerus="yes">
        <source>%Ln attempts</source>
        <translation>
            <numerusform>%Ln attempt</numerusform>
            <numerusform>%Ln attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln from %1…</source>
        <translation>
            <numerusform>Reject the one from %1…</numerusform>
            <numerusform>Reject all %Ln from %1…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message numerus="yes">
        <source>%Ln keys from %1 are rejected</source>
        <translation>
            <numerusform>%Ln key from %1 is rejected</numerusform>
            <numerusform>%Ln keys from %1 are rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln keys from %1?</source>
        <translation>
            <numerusform>Reject the one key from %1?</numerusform>
            <numerusform>Reject all %Ln keys from %1?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entry</numerusform>
            <numerusform>%Ln entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkCard</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln on its way</numerusform>
            <numerusform>%Ln on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for their device</source>
        <translation>
            <numerusform>%Ln waiting for its device</numerusform>
            <numerusform>%Ln waiting for their device</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln taken back</numerusform>
            <numerusform>%Ln taken back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>Call a method on %Ln devices</source>
        <translation>
            <numerusform>Call a method on %Ln device</numerusform>
            <numerusform>Call a method on %Ln devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The list is frozen: who comes or goes now changes nothing. %Ln of them are away: their commands wait.</source>
        <translation>
            <numerusform>The list is frozen: who comes or goes now changes nothing. %Ln of them is away: its command waits.</numerusform>
            <numerusform>The list is frozen: who comes or goes now changes nothing. %Ln of them are away: their commands wait.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln commands</source>
        <translation>
            <numerusform>Send %Ln command</numerusform>
            <numerusform>Send %Ln commands</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommandsPage</name>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln on its way</numerusform>
            <numerusform>%Ln on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln command is on its way</numerusform>
            <numerusform>%Ln commands are on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are cancelled</source>
        <translation>
            <numerusform>%Ln command is cancelled</numerusform>
            <numerusform>%Ln commands are cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call %1 again where it failed, on %Ln devices?</source>
        <translation>
            <numerusform>Call %1 again where it failed, on %Ln device?</numerusform>
            <numerusform>Call %1 again where it failed, on %Ln devices?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln commands have failed</source>
        <translation>
            <numerusform>The one command has failed</numerusform>
            <numerusform>All %Ln commands have failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message numerus="yes">
        <source>%Ln restarts</source>
        <translation>
            <numerusform>%Ln restart</numerusform>
            <numerusform>%Ln restarts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln command is on its way</numerusform>
            <numerusform>%Ln commands are on their way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln match</source>
        <translation>
            <numerusform>%Ln matches</numerusform>
            <numerusform>%Ln match</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices are chosen</source>
        <translation>
            <numerusform>%Ln device is chosen</numerusform>
            <numerusform>%Ln devices are chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Call a method on all %Ln that match…</source>
        <translation>
            <numerusform>Call a method on the one that matches…</numerusform>
            <numerusform>Call a method on all %Ln that match…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EnrolPanel</name>
    <message numerus="yes">
        <source>%Ln keys wait for you: compare their words with the devices&apos;.</source>
        <translation>
            <numerusform>%Ln key waits for you: compare its words with the device&apos;s.</numerusform>
            <numerusform>%Ln keys wait for you: compare their words with the devices&apos;.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogContainersMenu</name>
    <message numerus="yes">
        <source>%1 at once, no more: take one out first.</source>
        <translation>
            <numerusform>%1 at once, no more: take one out first.</numerusform>
            <numerusform>%1 at once, no more: take one out first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read together, up to %1 at once</source>
        <translation>
            <numerusform>Read together, up to %1 at once</numerusform>
            <numerusform>Read together, up to %1 at once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogEnd</name>
    <message numerus="yes">
        <source>%1 of %Ln lines</source>
        <translation>
            <numerusform>%1 of %Ln line</numerusform>
            <numerusform>%1 of %Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older ones fell out</source>
        <translation>
            <numerusform>%Ln older one fell out</numerusform>
            <numerusform>%Ln older ones fell out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogFindBar</name>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message numerus="yes">
        <source>%Ln lines are on the clipboard</source>
        <translation>
            <numerusform>%Ln line is on the clipboard</numerusform>
            <numerusform>%Ln lines are on the clipboard</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln device</numerusform>
            <numerusform>%Ln devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln device</numerusform>
            <numerusform>%Ln devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accounts</source>
        <translation>
            <numerusform>%Ln account</numerusform>
            <numerusform>%Ln accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShadowTab</name>
    <message numerus="yes">
        <source>%n differ(s)</source>
        <translation>
            <numerusform>%n differs</numerusform>
            <numerusform>%n differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>muster::LogModel</name>
    <message numerus="yes">
        <source>%1 characters more</source>
        <translation>
            <numerusform>%1 character more</numerusform>
            <numerusform>%1 characters more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>muster::SchemaForm</name>
    <message numerus="yes">
        <source>This must have at least %Ln characters</source>
        <translation>
            <numerusform>This must have at least %Ln character</numerusform>
            <numerusform>This must have at least %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This must have at most %Ln characters</source>
        <translation>
            <numerusform>This must have at most %Ln character</numerusform>
            <numerusform>This must have at most %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln are needed</source>
        <translation>
            <numerusform>At least one is needed</numerusform>
            <numerusform>At least %Ln are needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln may be here</source>
        <translation>
            <numerusform>At most %Ln may be here</numerusform>
            <numerusform>At most %Ln may be here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>muster::ServerFacts</name>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln day</numerusform>
            <numerusform>%Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln backups</source>
        <translation>
            <numerusform>%1 in %Ln backup</numerusform>
            <numerusform>%1 in %Ln backups</numerusform>
        </translation>
    </message>
</context>
</TS>
