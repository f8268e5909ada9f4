<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountDetail</name>
    <message>
        <source>Back to the accounts</source>
        <translation>Zurück zu den Konten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Made %1. %2</source>
        <translation>Angelegt: %1. %2</translation>
    </message>
    <message>
        <source>Signs in with a password, or by a link.</source>
        <translation>Meldet sich mit Passwort oder über einen Link an.</translation>
    </message>
    <message>
        <source>Has no password, and signs in by a link.</source>
        <translation>Hat kein Passwort und meldet sich über einen Link an.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Role of %1</source>
        <translation>Rolle von %1</translation>
    </message>
    <message>
        <source>%1 Nobody changes their own role: another admin can.</source>
        <translation>%1 Niemand ändert die eigene Rolle: Ein anderer Admin kann es.</translation>
    </message>
    <message>
        <source>Make a sign-in link</source>
        <translation>Neuer Anmelde-Link</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>Set a password</source>
        <translation>Passwort setzen</translation>
    </message>
    <message>
        <source>Make an API key</source>
        <translation>Neuer API-Schlüssel</translation>
    </message>
    <message>
        <source>Remove the account</source>
        <translation>Konto entfernen</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>Offene Sitzungen</translation>
    </message>
    <message>
        <source>None: nobody is signed in.</source>
        <translation>Keine: Niemand ist angemeldet.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird geholt …</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Keine.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Add an account</source>
        <translation>Neues Konto</translation>
    </message>
    <message>
        <source>Without a password the person signs in by a link that you send. They can get a password later.</source>
        <translation>Ohne Passwort meldet sich die Person über einen Link an, den Sie ihr schicken. Ein Passwort kann sie später bekommen.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Password, at least 10 characters; or none</source>
        <translation>Passwort, mindestens 10 Zeichen; oder keines</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
</context>
<context>
    <name>AccountRow</name>
    <message>
        <source>%1, %2. %3</source>
        <translation>%1, %2. %3</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Links alone</source>
        <translation>Nur Links</translation>
    </message>
    <message numerus="yes">
        <source>%Ln sessions</source>
        <translation>
            <numerusform>%Ln Sitzung</numerusform>
            <numerusform>%Ln Sitzungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln API keys</source>
        <translation>
            <numerusform>%Ln API-Schlüssel</numerusform>
            <numerusform>%Ln API-Schlüssel</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApiKeyDialog</name>
    <message>
        <source>Make an API key for %1</source>
        <translation>API-Schlüssel für %1 erstellen</translation>
    </message>
    <message>
        <source>It may do what the account may. It is shown once.</source>
        <translation>Er darf, was das Konto darf. Er wird nur einmal gezeigt.</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Wofür er ist</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Gültig</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Ein Jahr</translation>
    </message>
    <message>
        <source>Until it is removed</source>
        <translation>Bis er entfernt wird</translation>
    </message>
</context>
<context>
    <name>ApiKeyRow</name>
    <message>
        <source>made %1, ends %2</source>
        <translation>erstellt: %1, endet: %2</translation>
    </message>
    <message>
        <source>made %1, does not end by itself</source>
        <translation>erstellt: %1, endet nicht von selbst</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the key %1</source>
        <translation>Schlüssel %1 entfernen</translation>
    </message>
</context>
<context>
    <name>AppShell</name>
    <message>
        <source>Not live. %1</source>
        <translation>Nicht live. %1</translation>
    </message>
    <message>
        <source>Live again</source>
        <translation>Wieder live</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Not live: this is how things stood at %1. %2.</source>
        <translation>Nicht live, Stand: %1. %2.</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Nächster Versuch in %1.</translation>
    </message>
    <message>
        <source>%1: not for your role</source>
        <translation>%1: nicht für Ihre Rolle</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Who runs this server can give you the permission %1.</source>
        <translation>Wer diesen Server betreibt, kann Ihnen die Berechtigung %1 geben.</translation>
    </message>
    <message>
        <source>There is no such page</source>
        <translation>Diese Seite gibt es nicht</translation>
    </message>
    <message>
        <source>The address names nothing that this dashboard has.</source>
        <translation>Die Adresse nennt nichts, was es hier gibt.</translation>
    </message>
    <message>
        <source>To the devices</source>
        <translation>Zu den Geräten</translation>
    </message>
    <message>
        <source>This window is %1&apos;s now: somebody signed in with this browser</source>
        <translation>Dieses Fenster gehört jetzt %1: jemand hat sich mit diesem Browser angemeldet</translation>
    </message>
    <message>
        <source>Live again, at %1 now</source>
        <translation>Wieder live, jetzt bei %1</translation>
    </message>
</context>
<context>
    <name>ApprovalCard</name>
    <message>
        <source>%1, %2, %3, %4</source>
        <translation>%1, %2, %3, %4</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Known device, new key</source>
        <translation>Bekannt, neuer Schlüssel</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>ApprovalDetail</name>
    <message>
        <source>Back to the waiting keys</source>
        <translation>Zurück zu den wartenden Schlüsseln</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Known device, new key</source>
        <translation>Bekanntes Gerät, neuer Schlüssel</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>This device is known by another key. Either it was set up anew, or somebody uses its name. The accepted key goes on working until you decide.</source>
        <translation>Dieses Gerät ist mit einem anderen Schlüssel bekannt. Entweder wurde es neu eingerichtet, oder jemand benutzt seinen Namen. Der angenommene Schlüssel gilt weiter, bis Sie entscheiden.</translation>
    </message>
    <message>
        <source>The six words: %1</source>
        <translation>Die sechs Wörter: %1</translation>
    </message>
    <message>
        <source>Accepted before, works now</source>
        <translation>Früher angenommen, gilt jetzt</translation>
    </message>
    <message>
        <source>New, rejected</source>
        <translation>Neu, abgelehnt</translation>
    </message>
    <message>
        <source>New, waits for you</source>
        <translation>Neu, wartet auf Sie</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Zuerst da</translation>
    </message>
    <message>
        <source>%1, from %2, %3</source>
        <translation>%1, von %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempts</source>
        <translation>
            <numerusform>%Ln Versuch</numerusform>
            <numerusform>%Ln Versuche</numerusform>
        </translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt da</translation>
    </message>
    <message>
        <source>Waits on the line now</source>
        <translation>Ist verbunden und wartet</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>Zwilling</translation>
    </message>
    <message>
        <source>The same key is held by %1</source>
        <translation>Denselben Schlüssel gibt es bei %1</translation>
    </message>
    <message>
        <source>No other device holds this key</source>
        <translation>Kein anderes Gerät hat diesen Schlüssel</translation>
    </message>
    <message>
        <source>Accept after all…</source>
        <translation>Doch annehmen…</translation>
    </message>
    <message>
        <source>Replace the key…</source>
        <translation>Schlüssel ersetzen…</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>Annehmen…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Ablehnen…</translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln from %1…</source>
        <translation>
            <numerusform>%Ln aus %1 ablehnen…</numerusform>
            <numerusform>Alle %Ln aus %1 ablehnen…</numerusform>
        </translation>
    </message>
    <message>
        <source>A accept after all · J K next, previous</source>
        <translation>A doch annehmen · J K weiter, zurück</translation>
    </message>
    <message>
        <source>A accept · R reject · J K next, previous</source>
        <translation>A annehmen · R ablehnen · J K weiter, zurück</translation>
    </message>
    <message>
        <source>Deciding takes the permission approvals.decide: an admin can give it.</source>
        <translation>Zum Entscheiden braucht es die Berechtigung approvals.decide: ein Admin kann sie geben.</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>by %1, %2</source>
        <translation>von %1, %2</translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message>
        <source>%1 is accepted</source>
        <translation>%1 ist angenommen</translation>
    </message>
    <message>
        <source>%1 is rejected</source>
        <translation>%1 ist abgelehnt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keys from %1 are rejected</source>
        <translation>
            <numerusform>%Ln Schlüssel aus %1 ist abgelehnt</numerusform>
            <numerusform>%Ln Schlüssel aus %1 sind abgelehnt</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was decided on %1: %2</source>
        <translation>Über %1 wurde nichts entschieden: %2</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>A device may do nothing until a person accepts its key. Compare the words below with the ones the device shows.</source>
        <translation>Ein Gerät darf nichts tun, bis eine Person seinen Schlüssel annimmt. Vergleichen Sie die Wörter unten mit denen, die das Gerät zeigt.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Id, address or fingerprint</source>
        <translation>ID, Adresse oder Fingerabdruck</translation>
    </message>
    <message>
        <source>Find a rejected key</source>
        <translation>Abgelehnten Schlüssel finden</translation>
    </message>
    <message>
        <source>Find a waiting key</source>
        <translation>Wartenden Schlüssel finden</translation>
    </message>
    <message>
        <source>The newest %1 of %2: the field above finds others</source>
        <translation>Die neuesten %1 von %2: Das Feld oben findet andere</translation>
    </message>
    <message>
        <source>Rejected keys</source>
        <translation>Abgelehnte Schlüssel</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Wartende Schlüssel</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>No rejected key matches</source>
        <translation>Kein abgelehnter Schlüssel passt</translation>
    </message>
    <message>
        <source>No waiting key matches</source>
        <translation>Kein wartender Schlüssel passt</translation>
    </message>
    <message>
        <source>No key is rejected</source>
        <translation>Kein Schlüssel ist abgelehnt</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>A key that somebody rejects stays here, and can be accepted after all.</source>
        <translation>Ein Schlüssel, den jemand ablehnt, bleibt hier und kann doch noch angenommen werden.</translation>
    </message>
    <message>
        <source>Looked for in ids, addresses and fingerprints.</source>
        <translation>Gesucht wurde in IDs, Adressen und Fingerabdrücken.</translation>
    </message>
    <message>
        <source>When a device comes with a key that nobody has accepted, it waits here, and the number beside Approvals says so.</source>
        <translation>Kommt ein Gerät mit einem Schlüssel, den niemand angenommen hat, wartet er hier, und die Zahl neben Freigaben zeigt es.</translation>
    </message>
    <message>
        <source>The rejected keys could not be read</source>
        <translation>Die abgelehnten Schlüssel ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>The waiting keys could not be read</source>
        <translation>Die wartenden Schlüssel ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln keys from %1?</source>
        <translation>
            <numerusform>%Ln Schlüssel aus %1 ablehnen?</numerusform>
            <numerusform>Alle %Ln Schlüssel aus %1 ablehnen?</numerusform>
        </translation>
    </message>
    <message>
        <source>They stay shut out, also when they come back with the same keys. If more have come meanwhile, nothing is rejected.</source>
        <translation>Sie bleiben ausgesperrt, auch wenn sie mit denselben Schlüsseln wiederkommen. Sind inzwischen weitere da, wird nichts abgelehnt.</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>Alle ablehnen</translation>
    </message>
    <message>
        <source>Replace the key of %1?</source>
        <translation>Schlüssel von %1 ersetzen?</translation>
    </message>
    <message>
        <source>Accept %1?</source>
        <translation>%1 annehmen?</translation>
    </message>
    <message>
        <source>Reject %1?</source>
        <translation>%1 ablehnen?</translation>
    </message>
    <message>
        <source>The key that was accepted before stops working at once. Somebody who stole the device&apos;s name would ask for exactly this: be sure that the device itself shows these words.</source>
        <translation>Der früher angenommene Schlüssel gilt sofort nicht mehr. Wer den Namen des Geräts gestohlen hat, würde genau darum bitten: Vergewissern Sie sich, dass das Gerät selbst diese Wörter zeigt.</translation>
    </message>
    <message>
        <source>It may then report and be called. Be sure that the device itself shows these words.</source>
        <translation>Es darf dann berichten und aufgerufen werden. Vergewissern Sie sich, dass das Gerät selbst diese Wörter zeigt.</translation>
    </message>
    <message>
        <source>It stays shut out, also when it comes back with the same key. It can be accepted after all, under Rejected.</source>
        <translation>Es bleibt ausgesperrt, auch wenn es mit demselben Schlüssel wiederkommt. Unter Abgelehnt kann es doch noch angenommen werden.</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>Schlüssel ersetzen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>No key of %1 waits</source>
        <translation>Kein Schlüssel von %1 wartet</translation>
    </message>
    <message>
        <source>Show those that wait</source>
        <translation>Die wartenden zeigen</translation>
    </message>
</context>
<context>
    <name>AuditDetail</name>
    <message>
        <source>Back to the audit</source>
        <translation>Zurück zum Protokoll</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Verwehrt</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Only by them</source>
        <translation>Nur diese Person</translation>
    </message>
    <message>
        <source>Only on this</source>
        <translation>Nur dieses Ziel</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>Was verlangt war</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Nothing was saved: %1</source>
        <translation>Nichts wurde gespeichert: %1</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Protokoll</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln Eintrag</numerusform>
            <numerusform>%Ln Einträge</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop, %1 read</source>
        <translation>Stopp, %1 gelesen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>All that match, as CSV</source>
        <translation>Alle passenden als CSV</translation>
    </message>
    <message>
        <source>All that match, as JSON lines</source>
        <translation>Alle passenden als JSON-Zeilen</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Verwehrt</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>Ab wann</translation>
    </message>
    <message>
        <source>Of all times</source>
        <translation>Alle Zeiten</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Ältere zeigen</translation>
    </message>
    <message>
        <source>Asking for the audit</source>
        <translation>Das Protokoll wird geholt</translation>
    </message>
    <message>
        <source>No entry matches</source>
        <translation>Kein Eintrag passt</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Noch wurde nichts getan</translation>
    </message>
    <message>
        <source>Every change is written down here, and who was refused one.</source>
        <translation>Hier steht jede Änderung, und auch, wem eine verwehrt wurde.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>The audit could not be read</source>
        <translation>Das Protokoll ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The audit is not for your role</source>
        <translation>Das Protokoll ist nicht für Ihre Rolle</translation>
    </message>
    <message>
        <source>It takes the permission audit.read: an admin can give it.</source>
        <translation>Nötig ist die Berechtigung audit.read: Ein Admin kann sie geben.</translation>
    </message>
</context>
<context>
    <name>AuditRow</name>
    <message>
        <source>%1 by %2, %3. %4</source>
        <translation>%1 von %2, %3. %4</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
</context>
<context>
    <name>BottomTab</name>
    <message>
        <source>%1, %2 waiting</source>
        <translation>%1, %2 wartend</translation>
    </message>
</context>
<context>
    <name>BulkCard</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 fertig</translation>
    </message>
    <message>
        <source>%1 on many devices: %2</source>
        <translation>%1 auf vielen Geräten: %2</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>Alle Befehle zeigen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln Fehler</numerusform>
            <numerusform>%Ln Fehler</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln unterwegs</numerusform>
            <numerusform>%Ln unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>Again for those…</source>
        <translation>Fehlgeschlagene erneut…</translation>
    </message>
    <message>
        <source>Cancel the rest…</source>
        <translation>Rest abbrechen…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for their device</source>
        <translation>
            <numerusform>%Ln wartet auf sein Gerät</numerusform>
            <numerusform>%Ln warten auf ihr Gerät</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln zurückgenommen</numerusform>
            <numerusform>%Ln zurückgenommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>Call a method on %Ln devices</source>
        <translation>
            <numerusform>Methode auf %Ln Gerät aufrufen</numerusform>
            <numerusform>Methode auf %Ln Geräten aufrufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Call a method on many devices</source>
        <translation>Methode auf vielen Geräten aufrufen</translation>
    </message>
    <message>
        <source>Asking for the list</source>
        <translation>Die Liste wird geholt</translation>
    </message>
    <message>
        <source>The list is frozen: who comes or goes now changes nothing. All of them are connected.</source>
        <translation>Die Liste steht fest: Wer jetzt kommt oder geht, ändert nichts. Alle sind verbunden.</translation>
    </message>
    <message numerus="yes">
        <source>The list is frozen: who comes or goes now changes nothing. %Ln of them are away: their commands wait.</source>
        <translation>
            <numerusform>Die Liste steht fest: Wer jetzt kommt oder geht, ändert nichts. %Ln davon ist nicht da: Sein Befehl wartet.</numerusform>
            <numerusform>Die Liste steht fest: Wer jetzt kommt oder geht, ändert nichts. %Ln davon sind nicht da: Ihre Befehle warten.</numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen devices</source>
        <translation>Die ausgewählten Geräte</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>und %Ln weiteres</numerusform>
            <numerusform>und %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Method, for instance Sys.GetInfo</source>
        <translation>Methode, zum Beispiel Sys.GetInfo</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>%1 does not offer this method. Others may.</source>
        <translation>%1 bietet diese Methode nicht an. Andere vielleicht doch.</translation>
    </message>
    <message>
        <source>A device that is away gets it within</source>
        <translation>Frist für ein Gerät, das nicht da ist</translation>
    </message>
    <message>
        <source>Type the number of devices, %1, to say that you mean all of them</source>
        <translation>Geben Sie die Zahl der Geräte ein, %1, wenn Sie wirklich alle meinen</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>Zahl der Geräte</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln commands</source>
        <translation>
            <numerusform>%Ln Befehl senden</numerusform>
            <numerusform>%Ln Befehle senden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallResult</name>
    <message>
        <source>Waiting for the answer</source>
        <translation>Wartet auf die Antwort</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Fehler: %1</translation>
    </message>
    <message>
        <source>Left for later</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Beantwortet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The answer is on the clipboard</source>
        <translation>Die Antwort ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>The answer</source>
        <translation>Die Antwort</translation>
    </message>
    <message>
        <source>This is the beginning of a long answer. musterctl has it whole.</source>
        <translation>Das ist der Anfang einer langen Antwort. musterctl zeigt sie ganz.</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>A long result</source>
        <translation>Ein langes Ergebnis</translation>
    </message>
</context>
<context>
    <name>CommandDetail</name>
    <message>
        <source>Back to the commands</source>
        <translation>Zurück zu den Befehlen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Erteilt</translation>
    </message>
    <message>
        <source>%1 by %2, %3</source>
        <translation>%1 von %2, %3</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1, Dauer %2</translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation>Wartet bis</translation>
    </message>
    <message>
        <source>%1, %2 more</source>
        <translation>%1, noch %2</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>A call that somebody waited for</source>
        <translation>Ein Aufruf, auf den jemand gewartet hat</translation>
    </message>
    <message>
        <source>A command, one of many</source>
        <translation>Ein Befehl, einer von vielen</translation>
    </message>
    <message>
        <source>A command: kept, and run once</source>
        <translation>Ein Befehl: aufbewahrt und einmal ausgeführt</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>Gerät öffnen</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Quittung</translation>
    </message>
    <message>
        <source>Signed by the device, key %1</source>
        <translation>Signiert vom Gerät, Schlüssel %1</translation>
    </message>
    <message>
        <source>Asking for the receipt</source>
        <translation>Die Quittung wird geholt</translation>
    </message>
    <message>
        <source>None yet: the device signs one when it has finished.</source>
        <translation>Noch keine: Das Gerät signiert eine, wenn es fertig ist.</translation>
    </message>
    <message>
        <source>None: the device never ran it.</source>
        <translation>Keine: Das Gerät hat den Befehl nie ausgeführt.</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Quittung speichern</translation>
    </message>
    <message>
        <source>Copy the receipt</source>
        <translation>Quittung kopieren</translation>
    </message>
    <message>
        <source>The receipt is on the clipboard</source>
        <translation>Die Quittung ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Params</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Was zurückkam</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The answer is on the clipboard</source>
        <translation>Die Antwort ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Asking for this command</source>
        <translation>Dieser Befehl wird geholt</translation>
    </message>
    <message>
        <source>This command could not be read</source>
        <translation>Dieser Befehl ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Edit and call again</source>
        <translation>Ändern und neu aufrufen</translation>
    </message>
    <message>
        <source>All of these</source>
        <translation>Alle davon</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Theme: as the system</source>
        <translation>Aussehen: wie das System</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Aussehen: dunkel</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Aussehen: hell</translation>
    </message>
    <message>
        <source>Times of this machine&apos;s zone</source>
        <translation>Zeiten in der Zone dieses Rechners</translation>
    </message>
    <message>
        <source>Times in UTC</source>
        <translation>Zeiten in UTC</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search devices, or run a command</source>
        <translation>Geräte suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>%1 on %2, %3, asked by %4 %5. %6</source>
        <translation>%1 auf %2, %3, erteilt von %4, %5. %6</translation>
    </message>
    <message>
        <source>%1 · call</source>
        <translation>%1 · Aufruf</translation>
    </message>
    <message>
        <source>%1 · one of many</source>
        <translation>%1 · einer von vielen</translation>
    </message>
    <message>
        <source>%1 · asked by %2</source>
        <translation>%1 · erteilt von %2</translation>
    </message>
</context>
<context>
    <name>CommandsPage</name>
    <message>
        <source>It is cancelled</source>
        <translation>Der Befehl ist abgebrochen</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>%1 on their way, %2 waiting for the device</source>
        <translation>%1 unterwegs, auf das Gerät wartend: %2</translation>
    </message>
    <message>
        <source>Of one device: its id</source>
        <translation>Von einem Gerät: dessen ID</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Ältere zeigen</translation>
    </message>
    <message>
        <source>Asking for the commands</source>
        <translation>Die Befehle werden geholt</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>Kein Befehl passt</translation>
    </message>
    <message>
        <source>Nothing was asked yet</source>
        <translation>Noch wurde kein Befehl erteilt</translation>
    </message>
    <message>
        <source>Call a method on a device&apos;s page. A call for a device that is away can be left for later: it waits here.</source>
        <translation>Rufen Sie eine Methode auf der Seite eines Geräts auf. Ein Aufruf für ein Gerät, das nicht da ist, lässt sich vormerken: Er wartet hier.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>The commands could not be read</source>
        <translation>Die Befehle ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln unterwegs</numerusform>
            <numerusform>%Ln unterwegs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln Befehl ist unterwegs</numerusform>
            <numerusform>%Ln Befehle sind unterwegs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are cancelled</source>
        <translation>
            <numerusform>%Ln Befehl ist abgebrochen</numerusform>
            <numerusform>%Ln Befehle sind abgebrochen</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits any more: what was sent cannot be taken back</source>
        <translation>Nichts wartet mehr: Was gesendet ist, lässt sich nicht zurücknehmen</translation>
    </message>
    <message numerus="yes">
        <source>Call %1 again where it failed, on %Ln devices?</source>
        <translation>
            <numerusform>%1 auf %Ln Gerät neu aufrufen, wo es fehlschlug?</numerusform>
            <numerusform>%1 auf %Ln Geräten neu aufrufen, wo es fehlschlug?</numerusform>
        </translation>
    </message>
    <message>
        <source>With the same params, and as long to come as the first time.</source>
        <translation>Mit denselben Parametern und derselben Frist wie beim ersten Mal.</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Neu aufrufen</translation>
    </message>
    <message>
        <source>Cancel what was not sent yet?</source>
        <translation>Abbrechen, was noch nicht gesendet ist?</translation>
    </message>
    <message>
        <source>What a device has already goes on: nothing can take it back.</source>
        <translation>Was ein Gerät schon hat, läuft weiter: Nichts kann es zurückholen.</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>Rest abbrechen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>%1 of %2 commands have failed</source>
        <translation>%1 von %2 Befehlen sind fehlgeschlagen</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln commands have failed</source>
        <translation>
            <numerusform>%Ln Befehl ist gescheitert</numerusform>
            <numerusform>Alle %Ln Befehle sind gescheitert</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message>
        <source>%1, %2, image %3</source>
        <translation>%1, %2, Image %3</translation>
    </message>
    <message>
        <source>Asked the device…</source>
        <translation>Gerät gefragt…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln restarts</source>
        <translation>
            <numerusform>%Ln Neustart</numerusform>
            <numerusform>%Ln Neustarts</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>keine Werte</translation>
    </message>
</context>
<context>
    <name>ContainersTab</name>
    <message>
        <source>Not live: nothing can be started or stopped now.</source>
        <translation>Nicht live: Jetzt lässt sich nichts starten oder stoppen.</translation>
    </message>
    <message>
        <source>%1 is not there any more. If one of this name is made, its log goes on.</source>
        <translation>%1 ist nicht mehr da. Entsteht wieder einer dieses Namens, geht sein Log weiter.</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 läuft</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Gespeichert: %1</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Restart %1? What it does for others breaks off meanwhile.</source>
        <translation>%1 neu starten? Was er für andere tut, setzt so lange aus.</translation>
    </message>
    <message>
        <source>Stop %1? What it does for others stops as well.</source>
        <translation>%1 stoppen? Was er für andere tut, hört ebenfalls auf.</translation>
    </message>
    <message>
        <source>Leave it running</source>
        <translation>Laufen lassen</translation>
    </message>
    <message>
        <source>Restart it</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Asking the device for its containers</source>
        <translation>Das Gerät wird nach seinen Containern gefragt</translation>
    </message>
    <message>
        <source>No containers</source>
        <translation>Keine Container</translation>
    </message>
    <message>
        <source>The engine (%1) is there, and has none. What is started on the device appears here by itself.</source>
        <translation>Die Engine (%1) ist da und hat keine. Was auf dem Gerät gestartet wird, erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>No container engine</source>
        <translation>Keine Container-Engine</translation>
    </message>
    <message>
        <source>The containers may not be seen</source>
        <translation>Die Container dürfen Sie nicht sehen</translation>
    </message>
    <message>
        <source>The device is away</source>
        <translation>Das Gerät ist nicht da</translation>
    </message>
    <message>
        <source>The containers could not be read</source>
        <translation>Die Container ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>Its containers are asked of the device itself. They are here again when it is.</source>
        <translation>Nach den Containern wird das Gerät selbst gefragt. Sie sind wieder hier, wenn es wieder da ist.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 ist angehalten</translation>
    </message>
    <message>
        <source>The engine gives no figures of processor and memory: %1</source>
        <translation>Die Engine gibt keine Werte zu Prozessor und Speicher: %1</translation>
    </message>
    <message>
        <source>No containers from this device</source>
        <translation>Keine Container von diesem Gerät</translation>
    </message>
    <message>
        <source>The protocol that it speaks (%1) carries neither containers nor their logs.</source>
        <translation>Sein Protokoll (%1) überträgt weder Container noch deren Logs.</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Your role, %1, lacks the permission %2: an admin can give you another.</source>
        <translation>Ihrer Rolle, %1, fehlt die Berechtigung %2: ein Admin kann Ihnen eine andere geben.</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>%1, %2, last evidence %3</source>
        <translation>%1, %2, letzter Nachweis %3</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>RAM %1</translation>
    </message>
    <message>
        <source>Disk %1</source>
        <translation>Platte %1</translation>
    </message>
</context>
<context>
    <name>DeviceHeader</name>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>bus connected</source>
        <translation>Bus verbunden</translation>
    </message>
    <message>
        <source>bus away</source>
        <translation>Bus nicht da</translation>
    </message>
    <message>
        <source>agent %1</source>
        <translation>Agent %1</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>läuft %1</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Back to the devices</source>
        <translation>Zurück zu den Geräten</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Was: %1 · %2</source>
        <translation>Zuletzt: %1 · %2</translation>
    </message>
    <message>
        <source>proof just now</source>
        <translation>Nachweis gerade eben</translation>
    </message>
    <message>
        <source>proof %1 old</source>
        <translation>Nachweis %1 alt</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Nie gesehen</translation>
    </message>
    <message>
        <source>Offline %1 · last proof %2</source>
        <translation>Offline %1 · letzter Nachweis %2</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>Id kopieren</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>What was asked of it</source>
        <translation>Seine Befehle</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Call a method</source>
        <translation>Methode aufrufen</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Aktionen</translation>
    </message>
    <message>
        <source>Restart…</source>
        <translation>Neustart …</translation>
    </message>
    <message>
        <source>heard just now</source>
        <translation>gerade eben gehört</translation>
    </message>
    <message>
        <source>heard %1 ago</source>
        <translation>vor %1 gehört</translation>
    </message>
    <message>
        <source>Offline %1 · last heard %2</source>
        <translation>Offline %1 · zuletzt gehört %2</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>Neuer Token…</translation>
    </message>
    <message>
        <source>Take the token back…</source>
        <translation>Token zurücknehmen…</translation>
    </message>
    <message>
        <source>Trusted by a token, not signed</source>
        <translation>Vertraut durch Token, nicht signiert</translation>
    </message>
    <message>
        <source>Its token is taken back: it cannot come</source>
        <translation>Token zurückgenommen: kann nicht kommen</translation>
    </message>
    <message>
        <source>firmware %1</source>
        <translation>Firmware %1</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>%1 was not forgotten: %2</source>
        <translation>%1 wurde nicht vergessen: %2</translation>
    </message>
    <message>
        <source>%1 is forgotten</source>
        <translation>%1 ist vergessen</translation>
    </message>
    <message>
        <source>This device has come back with another key. Its accepted key goes on working until a person decides.</source>
        <translation>Dieses Gerät ist mit einem anderen Schlüssel wiedergekommen. Sein angenommener Schlüssel gilt weiter, bis eine Person entscheidet.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Asking for %1</source>
        <translation>%1 wird geholt</translation>
    </message>
    <message>
        <source>There is no such device</source>
        <translation>Dieses Gerät gibt es nicht</translation>
    </message>
    <message>
        <source>This device could not be read</source>
        <translation>Dieses Gerät ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Back to the devices</source>
        <translation>Zurück zu den Geräten</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>This device is forgotten</source>
        <translation>Dieses Gerät ist vergessen</translation>
    </message>
    <message>
        <source>Its key and its history are gone. Should it come back, its key waits under Approvals again.</source>
        <translation>Sein Schlüssel und sein Verlauf sind gelöscht. Kommt es wieder, wartet sein Schlüssel erneut unter Freigaben.</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>%1 vergessen?</translation>
    </message>
    <message>
        <source>Its accepted key, its health history and its place in the list are removed, and its connection is closed. Should it come back, a person must accept its key again.</source>
        <translation>Sein angenommener Schlüssel, sein Zustandsverlauf und sein Platz in der Liste werden entfernt, und seine Verbindung wird geschlossen. Kommt es wieder, muss eine Person seinen Schlüssel erneut annehmen.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>%1 restarts</source>
        <translation>%1 startet neu</translation>
    </message>
    <message>
        <source>%1 does not restart: %2</source>
        <translation>%1 startet nicht neu: %2</translation>
    </message>
    <message>
        <source>Restart %1?</source>
        <translation>%1 neu starten?</translation>
    </message>
    <message>
        <source>The machine starts anew in a few seconds: everything on it stops, and it is away for as long as that takes. Its health and its containers tell how it is when it comes back.</source>
        <translation>Die Maschine startet in einigen Sekunden neu: Alles darauf hält an, und so lange ist sie weg. Ihr Zustand und ihre Container zeigen, wie es ihr geht, wenn sie wiederkommt.</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>Its token and its history are gone. To have it back, make it a token under Add a device.</source>
        <translation>Sein Token und sein Verlauf sind gelöscht. Soll es wiederkommen, erstellen Sie ihm unter „Neues Gerät“ einen Token.</translation>
    </message>
    <message>
        <source>%1 is called %2</source>
        <translation>%1 heißt %2</translation>
    </message>
    <message>
        <source>Its token, its health history and its place in the list are removed, and its connection is closed. It cannot come back without a new token.</source>
        <translation>Sein Token, sein Zustandsverlauf und sein Platz in der Liste werden entfernt, und seine Verbindung wird geschlossen. Ohne einen neuen Token kann es nicht wiederkommen.</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>%1, %2, memory %3, disk %4, last evidence %5</source>
        <translation>%1, %2, RAM %3, Platte %4, letzter Nachweis %5</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>%1 auswählen</translation>
    </message>
</context>
<context>
    <name>DeviceSide</name>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>%1, for %2</source>
        <translation>%1, seit %2</translation>
    </message>
    <message>
        <source>Signed proof</source>
        <translation>Nachweis</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Leitung</translation>
    </message>
    <message>
        <source>answered %1</source>
        <translation>Antwort %1</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>number %1, from %2</source>
        <translation>Nummer %1, von %2</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Prozessoren</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Hostname</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Connected, for %1</source>
        <translation>Verbunden, schon %1</translation>
    </message>
    <message>
        <source>Away, for %1</source>
        <translation>Nicht da, schon %1</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>Nicht eingerichtet</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>An engine is there</source>
        <translation>Eine Engine ist da</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithmus</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Zuletzt gehört</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Trusted by</source>
        <translation>Vertraut durch</translation>
    </message>
    <message>
        <source>A token, not signed</source>
        <translation>Token, nicht signiert</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Spricht</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Vergeben</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
</context>
<context>
    <name>DevicesHeader</name>
    <message>
        <source>%1, largest first</source>
        <translation>%1, größte zuerst</translation>
    </message>
    <message>
        <source>%1, smallest first</source>
        <translation>%1, kleinste zuerst</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Spricht</translation>
    </message>
    <message>
        <source>CPU, last hour</source>
        <translation>CPU, 1 Stunde</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Last evidence</source>
        <translation>Nachweis</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln Befehl ist unterwegs</numerusform>
            <numerusform>%Ln Befehle sind unterwegs</numerusform>
        </translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>%1 · %2 online</source>
        <translation>%1 · %2 online</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Name filtern</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match</source>
        <translation>
            <numerusform>%Ln Treffer</numerusform>
            <numerusform>%Ln Treffer</numerusform>
        </translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Nie gesehen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>CPU, last hour</source>
        <translation>CPU, 1 Stunde</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>Last evidence</source>
        <translation>Nachweis</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices are chosen</source>
        <translation>
            <numerusform>%Ln Gerät ist ausgewählt</numerusform>
            <numerusform>%Ln Geräte sind ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Call a method…</source>
        <translation>Methode aufrufen…</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Keines wählen</translation>
    </message>
    <message numerus="yes">
        <source>Call a method on all %Ln that match…</source>
        <translation>
            <numerusform>Methode auf %Ln Treffer aufrufen…</numerusform>
            <numerusform>Methode auf allen %Ln Treffern aufrufen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Die Liste ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>No device matches</source>
        <translation>Kein Gerät passt</translation>
    </message>
    <message>
        <source>Nothing in the fleet has this name in this state.</source>
        <translation>Nichts in der Flotte hat diesen Namen und diesen Status.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>No devices yet</source>
        <translation>Noch keine Geräte</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>ElsewhereBanner</name>
    <message>
        <source>Another server of this fleet may lead now</source>
        <translation>Ein anderer Server dieser Flotte führt jetzt vielleicht</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>Add a device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
</context>
<context>
    <name>EnrolPanel</name>
    <message>
        <source>Install muster-agent on the device, and start it there with this line. It holds this server&apos;s address and key, which are no secrets: the device believes no other server.</source>
        <translation>Installieren Sie muster-agent auf dem Gerät und starten Sie ihn dort mit dieser Zeile. Sie enthält Adresse und Schlüssel dieses Servers, beides nicht geheim: Das Gerät glaubt keinem anderen Server.</translation>
    </message>
    <message>
        <source>This server listens on this machine alone: devices elsewhere do not reach it. The settings listen and url say where it is reached.</source>
        <translation>Dieser Server lauscht nur auf diesem Rechner: Geräte anderswo erreichen ihn nicht. Die Einstellungen listen und url sagen, wo er zu erreichen ist.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>The line is on the clipboard</source>
        <translation>Die Zeile ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>The agent shows six words of its own, and these of this server: %1</source>
        <translation>Der Agent zeigt sechs eigene Wörter und diese von diesem Server: %1</translation>
    </message>
    <message>
        <source>Asking this server for its address and key …</source>
        <translation>Adresse und Schlüssel dieses Servers werden geholt …</translation>
    </message>
    <message>
        <source>Waiting for its key …</source>
        <translation>Wartet auf seinen Schlüssel …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keys wait for you: compare their words with the devices&apos;.</source>
        <translation>
            <numerusform>%Ln Schlüssel wartet auf Sie: Vergleichen Sie seine Wörter mit denen des Geräts.</numerusform>
            <numerusform>%Ln Schlüssel warten auf Sie: Vergleichen Sie ihre Wörter mit denen der Geräte.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
</context>
<context>
    <name>ExpiryChips</name>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1 Woche</translation>
    </message>
    <message>
        <source>It may wait for %1</source>
        <translation>Er darf %1 warten</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
</context>
<context>
    <name>FormField</name>
    <message>
        <source>%1, if nothing is written</source>
        <translation>%1, wenn nichts dasteht</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>nötig</translation>
    </message>
    <message>
        <source>may be left out</source>
        <translation>kann fehlen</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>Ausgelassen: %1</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>s</source>
        <comment>seconds</comment>
        <translation>s</translation>
    </message>
    <message>
        <source>min</source>
        <comment>minutes</comment>
        <translation>min</translation>
    </message>
    <message>
        <source>h</source>
        <comment>hours</comment>
        <translation>h</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>Disk %1</source>
        <translation>Platte %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>RAM %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <comment>its temperature</comment>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <comment>how busy it is</comment>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Nie gesehen</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>B/s</source>
        <translation>B/s</translation>
    </message>
    <message>
        <source>kB/s</source>
        <translation>kB/s</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>KiB</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>TiB</source>
        <translation>TiB</translation>
    </message>
    <message>
        <source>in step with this server</source>
        <translation>im Takt mit diesem Server</translation>
    </message>
    <message>
        <source>%1 behind this server</source>
        <translation>%1 hinter diesem Server</translation>
    </message>
    <message>
        <source>%1 ahead of this server</source>
        <translation>%1 vor diesem Server</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>QDateTime</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>läuft %1</translation>
    </message>
    <message>
        <source>up</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>Unhealthy, %1</source>
        <translation>Ungesund, %1</translation>
    </message>
    <message>
        <source>Starting, %1</source>
        <translation>Startet, %1</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>Tot</translation>
    </message>
    <message>
        <source>Exited</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>Startet neu</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Wird entfernt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Unbekannt</translation>
    </message>
    <message>
        <source>Waits for the device</source>
        <translation>Wartet auf das Gerät</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>ms</source>
        <comment>milliseconds</comment>
        <translation>ms</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy, HH:mm:ss</source>
        <comment>QDateTime</comment>
        <translation>ddd d. MMM yyyy, HH:mm:ss</translation>
    </message>
    <message>
        <source>RSA, %1 bits</source>
        <translation>RSA, %1 Bit</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>vor %1 Tagen</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>Stopped as asked</source>
        <translation>Wie verlangt gestoppt</translation>
    </message>
</context>
<context>
    <name>HealthCharts</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Disk, fullest</source>
        <translation>Platte, vollste</translation>
    </message>
    <message>
        <source>Temperature, warmest</source>
        <translation>Temperatur, wärmste</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Load, one minute</source>
        <translation>Last, eine Minute</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>Der Verlauf ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>%1 to %2, back to %3</source>
        <translation>%1 bis %2, zurück zu %3</translation>
    </message>
    <message>
        <source>Last data %1</source>
        <translation>Letzte Daten %1</translation>
    </message>
    <message>
        <source>Show the last hour with data</source>
        <translation>Letzte Stunde mit Daten zeigen</translation>
    </message>
    <message>
        <source>Nothing was measured since.</source>
        <translation>Seither wurde nichts gemessen.</translation>
    </message>
</context>
<context>
    <name>HealthTab</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 h</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 d</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Präsenz</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>%1, %2 %3. %4 %5</source>
        <translation>%1, %2 %3. %4 %5</translation>
    </message>
    <message>
        <source>To the command</source>
        <translation>Zum Befehl</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Präsenz</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Ältere zeigen</translation>
    </message>
    <message>
        <source>Asking for the history</source>
        <translation>Der Verlauf wird geholt</translation>
    </message>
    <message>
        <source>Nothing of this kind</source>
        <translation>Nichts dieser Art</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>Der Verlauf ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
</context>
<context>
    <name>JsonText</name>
    <message>
        <source>Nothing is written here</source>
        <translation>Hier steht nichts</translation>
    </message>
    <message>
        <source>This is not JSON yet: line %1, %2</source>
        <translation>Das ist noch kein JSON: Zeile %1, %2</translation>
    </message>
    <message>
        <source>This is more than one JSON value</source>
        <translation>Das ist mehr als ein JSON-Wert</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Search, go and act</source>
        <translation>Suchen, öffnen, ausführen</translation>
    </message>
    <message>
        <source>The pages</source>
        <translation>Die Seiten</translation>
    </message>
    <message>
        <source>Back, or close</source>
        <translation>Zurück oder schließen</translation>
    </message>
    <message>
        <source>The next thing</source>
        <translation>Das nächste Element</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Through the rows</source>
        <translation>Durch die Zeilen</translation>
    </message>
    <message>
        <source>First and last</source>
        <translation>Erste und letzte</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>Gerät auswählen</translation>
    </message>
    <message>
        <source>Choose from here to there</source>
        <translation>Von hier bis dort auswählen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Wartende Schlüssel</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Next and previous</source>
        <translation>Weiter und zurück</translation>
    </message>
    <message>
        <source>A device</source>
        <translation>Ein Gerät</translation>
    </message>
    <message>
        <source>The tabs</source>
        <translation>Die Tabs</translation>
    </message>
    <message>
        <source>Call the method</source>
        <translation>Methode aufrufen</translation>
    </message>
    <message>
        <source>Next match in a log</source>
        <translation>Nächster Treffer im Log</translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation>Ausgewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Single letters are turned off, in Settings.</source>
        <translation>Einzelne Buchstaben sind in den Einstellungen abgeschaltet.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>LivePill</name>
    <message>
        <source>Live · %1 ms</source>
        <translation>Live · %1 ms</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
</context>
<context>
    <name>LogBar</name>
    <message>
        <source>The last 1,000 lines</source>
        <translation>Die letzten 1.000 Zeilen</translation>
    </message>
    <message>
        <source>Last 1,000</source>
        <translation>Letzte 1.000</translation>
    </message>
    <message>
        <source>Since 10 min</source>
        <translation>Seit 10 min</translation>
    </message>
    <message>
        <source>Since 1 h</source>
        <translation>Seit 1 h</translation>
    </message>
    <message>
        <source>Since 1 day</source>
        <translation>Seit 1 Tag</translation>
    </message>
    <message>
        <source>All, up to 100,000 lines</source>
        <translation>Alle, bis zu 100.000 Zeilen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Back to the containers</source>
        <translation>Zurück zu den Containern</translation>
    </message>
    <message>
        <source>Read more containers beside it</source>
        <translation>Weitere Container mitlesen</translation>
    </message>
    <message>
        <source>Which output: %1</source>
        <translation>Welche Ausgabe: %1</translation>
    </message>
    <message>
        <source>Both outputs</source>
        <translation>Beide Ausgaben</translation>
    </message>
    <message>
        <source>Only stdout</source>
        <translation>Nur stdout</translation>
    </message>
    <message>
        <source>Only stderr</source>
        <translation>Nur stderr</translation>
    </message>
    <message>
        <source>Save what is here</source>
        <translation>Angezeigtes speichern</translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation>Ausgewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Copy what is here</source>
        <translation>Angezeigtes kopieren</translation>
    </message>
    <message>
        <source>Long lines: wrapped</source>
        <translation>Lange Zeilen: umbrochen</translation>
    </message>
    <message>
        <source>Long lines: one line each</source>
        <translation>Lange Zeilen: je eine Zeile</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>From when on: %1</source>
        <translation>Ab wann: %1</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
</context>
<context>
    <name>LogChips</name>
    <message>
        <source>All lines</source>
        <translation>Alle Zeilen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Show the lines of %1</source>
        <translation>Zeilen von %1 zeigen</translation>
    </message>
    <message>
        <source>Read %1 no more</source>
        <translation>%1 nicht mehr lesen</translation>
    </message>
</context>
<context>
    <name>LogContainersMenu</name>
    <message numerus="yes">
        <source>%1 at once, no more: take one out first.</source>
        <translation>
            <numerusform>Höchstens %1 zugleich: Nehmen Sie erst einen heraus.</numerusform>
            <numerusform>Höchstens %1 zugleich: Nehmen Sie erst einen heraus.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read together, up to %1 at once</source>
        <translation>
            <numerusform>Zusammen lesen, bis zu %1 zugleich</numerusform>
            <numerusform>Zusammen lesen, bis zu %1 zugleich</numerusform>
        </translation>
    </message>
    <message>
        <source>Containers to be read together</source>
        <translation>Container zum gemeinsamen Lesen</translation>
    </message>
</context>
<context>
    <name>LogEnd</name>
    <message numerus="yes">
        <source>%1 of %Ln lines</source>
        <translation>
            <numerusform>%1 von %Ln Zeile</numerusform>
            <numerusform>%1 von %Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older ones fell out</source>
        <translation>
            <numerusform>%Ln ältere entfiel</numerusform>
            <numerusform>%Ln ältere entfielen</numerusform>
        </translation>
    </message>
    <message>
        <source>not live</source>
        <translation>nicht live</translation>
    </message>
    <message>
        <source>paused, more waits</source>
        <translation>pausiert, mehr wartet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>The log broke off: %1</source>
        <translation>Das Log brach ab: %1</translation>
    </message>
    <message>
        <source>The logs end here: the containers have stopped. They go on when those are started.</source>
        <translation>Die Logs enden hier: Die Container stehen. Sie gehen weiter, wenn diese gestartet werden.</translation>
    </message>
    <message>
        <source>The log ends here: the container has stopped. It goes on when that is started.</source>
        <translation>Das Log endet hier: Der Container steht. Es geht weiter, wenn er gestartet wird.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Neu lesen</translation>
    </message>
</context>
<context>
    <name>LogFindBar</name>
    <message>
        <source>Find by a regular expression</source>
        <translation>Mit regulärem Ausdruck suchen</translation>
    </message>
    <message>
        <source>Find in these lines</source>
        <translation>In diesen Zeilen suchen</translation>
    </message>
    <message>
        <source>A regular expression</source>
        <translation>Regulärer Ausdruck</translation>
    </message>
    <message>
        <source>Words as they stand</source>
        <translation>Wörter wie eingegeben</translation>
    </message>
    <message>
        <source>Only matching lines</source>
        <translation>Nur passende Zeilen</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Voriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>This is no regular expression: %1</source>
        <translation>Das ist kein regulärer Ausdruck: %1</translation>
    </message>
    <message>
        <source>This expression takes too long on these lines: make it simpler. Not all of them were looked at.</source>
        <translation>Dieser Ausdruck braucht auf diesen Zeilen zu lange: Machen Sie ihn einfacher. Nicht alle wurden durchsucht.</translation>
    </message>
</context>
<context>
    <name>LogLine</name>
    <message>
        <source>debug</source>
        <translation>Debug</translation>
    </message>
    <message>
        <source>information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>fatal error</source>
        <translation>schwerer Fehler</translation>
    </message>
    <message>
        <source>error output</source>
        <translation>Fehlerausgabe</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>No line is chosen: nothing was copied</source>
        <translation>Keine Zeile ist ausgewählt: Nichts wurde kopiert</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>Log von %1</translation>
    </message>
    <message>
        <source>Asking for the log</source>
        <translation>Das Log wird geholt</translation>
    </message>
    <message>
        <source>This log may not be read</source>
        <translation>Dieses Log dürfen Sie nicht lesen</translation>
    </message>
    <message>
        <source>The device is away</source>
        <translation>Das Gerät ist nicht da</translation>
    </message>
    <message>
        <source>The log could not be read</source>
        <translation>Das Log ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Nothing was written</source>
        <translation>Nichts wurde geschrieben</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>What the container writes from now on appears here.</source>
        <translation>Was der Container von jetzt an schreibt, erscheint hier.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines are on the clipboard</source>
        <translation>
            <numerusform>%Ln Zeile ist in der Zwischenablage</numerusform>
            <numerusform>%Ln Zeilen sind in der Zwischenablage</numerusform>
        </translation>
    </message>
    <message>
        <source>No such line</source>
        <translation>Keine Zeile passt</translation>
    </message>
    <message>
        <source>Lines are here, and the filter hides them all. What comes and fits appears here.</source>
        <translation>Zeilen sind da, doch der Filter verbirgt sie alle. Was kommt und passt, erscheint hier.</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>Alle Zeilen zeigen</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>%1 – Muster</source>
        <translation>%1 – Muster</translation>
    </message>
</context>
<context>
    <name>MeasureChart</name>
    <message>
        <source>comes with the device&apos;s next report</source>
        <translation>kommt mit dem nächsten Bericht des Geräts</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>Not measured in this time</source>
        <translation>In dieser Zeit nicht gemessen</translation>
    </message>
    <message>
        <source>Warning from %1 on</source>
        <translation>Warnung ab %1</translation>
    </message>
    <message>
        <source>failing from %1 on</source>
        <translation>Störung ab %1</translation>
    </message>
</context>
<context>
    <name>MethodPane</name>
    <message>
        <source>Not live: nothing can be called now.</source>
        <translation>Nicht live: Jetzt lässt sich nichts aufrufen.</translation>
    </message>
    <message>
        <source>%1 waits for the device</source>
        <translation>%1 wartet auf das Gerät</translation>
    </message>
    <message>
        <source>Back to the methods</source>
        <translation>Zurück zu den Methoden</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>worker %1</source>
        <translation>Worker %1</translation>
    </message>
    <message>
        <source>The device is away. The call can be left for later: it runs once, as soon as the device comes.</source>
        <translation>Das Gerät ist nicht da. Der Aufruf lässt sich vormerken: Er läuft einmal, sobald das Gerät kommt.</translation>
    </message>
    <message>
        <source>It may wait for</source>
        <translation>Er darf warten</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Aufrufen</translation>
    </message>
    <message>
        <source>Leave it for later</source>
        <translation>Vormerken</translation>
    </message>
    <message>
        <source>Ctrl Return</source>
        <translation>Ctrl Return</translation>
    </message>
    <message>
        <source>Calls to this device since the program started</source>
        <translation>Aufrufe an dieses Gerät seit dem Programmstart</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>left for later</source>
        <translation>vorgemerkt</translation>
    </message>
    <message>
        <source>answered in %1</source>
        <translation>beantwortet in %1</translation>
    </message>
    <message>
        <source>Commands of this method, newest first</source>
        <translation>Befehle dieser Methode, neueste zuerst</translation>
    </message>
    <message>
        <source>The device is away. The call can be left for later: it is made once, when the device comes. This device keeps no books: if the line breaks meanwhile, nobody knows whether it ran, and there is no receipt.</source>
        <translation>Das Gerät ist nicht da. Der Aufruf lässt sich vormerken: Er wird einmal gemacht, wenn das Gerät kommt. Dieses Gerät führt nicht Buch: Reißt dabei die Verbindung ab, weiß niemand, ob er lief, und eine Quittung gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>MethodsTab</name>
    <message>
        <source>Name of a method</source>
        <translation>Name einer Methode</translation>
    </message>
    <message>
        <source>Find a method</source>
        <translation>Methode finden</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>Diesen Namen nehmen</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <source>%1, of the worker %2. %3</source>
        <translation>%1, vom Worker %2. %3</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>No method matches</source>
        <translation>Keine Methode passt</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>No method is chosen</source>
        <translation>Keine Methode ist ausgewählt</translation>
    </message>
    <message>
        <source>Asking the device for its methods</source>
        <translation>Das Gerät wird nach seinen Methoden gefragt</translation>
    </message>
    <message>
        <source>No methods</source>
        <translation>Keine Methoden</translation>
    </message>
    <message>
        <source>This device offers nothing to call, or its policy forbids all of it.</source>
        <translation>Dieses Gerät bietet nichts zum Aufrufen an, oder seine Richtlinie verbietet alles.</translation>
    </message>
    <message>
        <source>The methods could not be read</source>
        <translation>Die Methoden ließen sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>The device is away, and nobody has looked at its methods before. A method whose name you know can be left for later.</source>
        <translation>Das Gerät ist nicht da, und niemand hat seine Methoden je angesehen. Eine Methode, deren Namen Sie kennen, kann für später hinterlegt werden.</translation>
    </message>
    <message>
        <source>The device is away. This is what it offered %1.</source>
        <translation>Das Gerät ist nicht da. Das bot es an: %1.</translation>
    </message>
</context>
<context>
    <name>OutdatedBanner</name>
    <message>
        <source>A newer version of this page is on the server</source>
        <translation>Auf dem Server ist eine neuere Fassung dieser Seite</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
</context>
<context>
    <name>ParamsForm</name>
    <message>
        <source>The same as JSON</source>
        <translation>Dasselbe als JSON</translation>
    </message>
    <message>
        <source>It takes no params</source>
        <translation>Sie hat keine Parameter</translation>
    </message>
    <message>
        <source>Params as JSON</source>
        <translation>Parameter als JSON</translation>
    </message>
</context>
<context>
    <name>PastCall</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>%1 may sign in now</source>
        <translation>%1 kann sich jetzt anmelden</translation>
    </message>
    <message>
        <source>The account is removed</source>
        <translation>Das Konto ist entfernt</translation>
    </message>
    <message>
        <source>It is changed</source>
        <translation>Die Änderung ist gemacht</translation>
    </message>
    <message>
        <source>That session is signed out</source>
        <translation>Diese Sitzung ist abgemeldet</translation>
    </message>
    <message>
        <source>The key is removed</source>
        <translation>Der Schlüssel ist entfernt</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Neues Konto</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>A part of the name</source>
        <translation>Ein Teil des Namens</translation>
    </message>
    <message>
        <source>Show more: %1 of %2</source>
        <translation>Mehr zeigen: %1 von %2</translation>
    </message>
    <message>
        <source>Asking for the list</source>
        <translation>Die Liste wird geholt</translation>
    </message>
    <message>
        <source>No account matches</source>
        <translation>Kein Konto passt</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>There is no API key</source>
        <translation>Es gibt keinen API-Schlüssel</translation>
    </message>
    <message>
        <source>Programs sign in with one. Open an account to make a key for it.</source>
        <translation>Programme melden sich damit an. Öffnen Sie ein Konto, um einen Schlüssel dafür zu erstellen.</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>Die Liste ließ sich nicht lesen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>People are not for your role</source>
        <translation>Personen sind nicht für Ihre Rolle</translation>
    </message>
    <message>
        <source>It takes the permission people.manage: an admin can give it.</source>
        <translation>Nötig ist die Berechtigung people.manage: Ein Admin kann sie geben.</translation>
    </message>
    <message>
        <source>There is no such account</source>
        <translation>Dieses Konto gibt es nicht</translation>
    </message>
    <message>
        <source>Asking for this account</source>
        <translation>Dieses Konto wird geholt</translation>
    </message>
    <message>
        <source>Back to the accounts</source>
        <translation>Zurück zu den Konten</translation>
    </message>
    <message>
        <source>Remove the key %1?</source>
        <translation>Schlüssel %1 entfernen?</translation>
    </message>
    <message>
        <source>A password for %1</source>
        <translation>Ein Passwort für %1</translation>
    </message>
    <message>
        <source>Whoever is signed in as %1 is signed out.</source>
        <translation>Wer als %1 angemeldet ist, wird abgemeldet.</translation>
    </message>
    <message>
        <source>Set it</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>At least 10 characters</source>
        <translation>Mindestens 10 Zeichen</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Its sessions and API keys end at once. What it did stays in the audit.</source>
        <translation>Die Sitzungen und API-Schlüssel des Kontos enden sofort. Was es getan hat, bleibt im Protokoll.</translation>
    </message>
    <message>
        <source>Remove the account</source>
        <translation>Konto entfernen</translation>
    </message>
    <message>
        <source>Programs that use it are refused at once.</source>
        <translation>Programme, die ihn benutzen, werden sofort abgewiesen.</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Schlüssel entfernen</translation>
    </message>
    <message>
        <source>A link that signs %1 in, once</source>
        <translation>Ein Link, der %1 anmeldet, einmal</translation>
    </message>
    <message>
        <source>It is good for an hour, and shown this once. Whoever opens it first is in.</source>
        <translation>Er gilt eine Stunde und wird nur dieses eine Mal gezeigt. Wer ihn zuerst öffnet, ist drin.</translation>
    </message>
    <message>
        <source>The link is on the clipboard</source>
        <translation>Der Link ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>Der API-Schlüssel</translation>
    </message>
    <message>
        <source>It is shown this once, for Authorization: Bearer. The server keeps no copy of it.</source>
        <translation>Er wird nur dieses eine Mal gezeigt, für Authorization: Bearer. Der Server behält keine Kopie davon.</translation>
    </message>
    <message>
        <source>The key is on the clipboard</source>
        <translation>Der Schlüssel ist in der Zwischenablage</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Freigaben</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personen</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Neues Gerät</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Restart a container</source>
        <translation>Einen Container neu starten</translation>
    </message>
    <message>
        <source>Start a container</source>
        <translation>Einen Container starten</translation>
    </message>
    <message>
        <source>Stop a container</source>
        <translation>Einen Container anhalten</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>Call a method</source>
        <translation>Eine Methode aufrufen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Soll und Ist</translation>
    </message>
    <message>
        <source>Say what is wanted</source>
        <translation>Sagen, was gewünscht ist</translation>
    </message>
    <message>
        <source>Shadow</source>
        <translation>Shadow</translation>
    </message>
</context>
<context>
    <name>Plot</name>
    <message>
        <source>d MMM</source>
        <comment>QDateTime</comment>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>ddd d</source>
        <comment>QDateTime</comment>
        <translation>ddd d.</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>QDateTime</comment>
        <translation>ddd d. MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>ddd d MMM HH:mm</source>
        <comment>QDateTime</comment>
        <translation>ddd d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>QDateTime</comment>
        <translation>d. MMM yyyy HH:mm</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>QR code</source>
        <translation>QR-Code</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln Gerät</numerusform>
            <numerusform>%Ln Geräte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message>
        <source>%1, %2 waiting</source>
        <translation>%1, %2 wartend</translation>
    </message>
</context>
<context>
    <name>RangeChips</name>
    <message>
        <source>Show: %1</source>
        <translation>Zeigen: %1</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>The name is for people. Addresses, commands and the audit go on with the id, which stays: %1</source>
        <translation>Der Name ist für Menschen. Adressen, Befehle und das Protokoll gehen weiter nach der ID, die bleibt: %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Name; without one it is called by its id</source>
        <translation>Name; ohne einen heißt es wie seine ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>RoleWords</name>
    <message>
        <source>Viewer</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Betreiber</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>Looks at devices, logs and waiting keys, and changes nothing.</source>
        <translation>Sieht Geräte, Logs und wartende Schlüssel und ändert nichts.</translation>
    </message>
    <message>
        <source>Also accepts keys, calls methods, restarts containers, and sees the audit.</source>
        <translation>Nimmt außerdem Schlüssel an, ruft Methoden auf, startet Container neu und sieht das Protokoll.</translation>
    </message>
    <message>
        <source>Also forgets devices, and decides who may do what.</source>
        <translation>Vergisst außerdem Geräte und entscheidet, wer was darf.</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kunde</translation>
    </message>
    <message>
        <source>Sees the devices that were shared with them and nothing else, and says what is wanted of those.</source>
        <translation>Sieht die Geräte, die mit ihm geteilt wurden, und sonst nichts, und sagt, was von ihnen gewünscht ist.</translation>
    </message>
</context>
<context>
    <name>SecretDialog</name>
    <message>
        <source>Copy and close</source>
        <translation>Kopieren und schließen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>SessionRow</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>from %1, signed in %2</source>
        <translation>von %1, angemeldet: %2</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Sign out %1 from %2</source>
        <translation>%1 von %2 abmelden</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Diese</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>That session is signed out</source>
        <translation>Diese Sitzung ist abgemeldet</translation>
    </message>
    <message>
        <source>The backup is made, and was read back</source>
        <translation>Die Sicherung ist gemacht und wurde zur Probe gelesen</translation>
    </message>
    <message>
        <source>%1 is on the clipboard</source>
        <translation>%1 ist in der Zwischenablage</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>This server</source>
        <translation>Dieser Server</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Wird geholt …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Fleet back</source>
        <translation>Flotte zurück</translation>
    </message>
    <message>
        <source>Key words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
    <message>
        <source>The address</source>
        <translation>Die Adresse</translation>
    </message>
    <message>
        <source>Copy the public key</source>
        <translation>Öffentlichen Schlüssel kopieren</translation>
    </message>
    <message>
        <source>The public key</source>
        <translation>Der öffentliche Schlüssel</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicherplatz</translation>
    </message>
    <message>
        <source>Used of the disk</source>
        <translation>Belegt auf der Platte</translation>
    </message>
    <message>
        <source>What is kept, and how long</source>
        <translation>Was aufbewahrt wird, und wie lange</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Copies the databases and keys into a new folder on the server, reads the copy back, and keeps the last seven. Take them to another machine.</source>
        <translation>Kopiert Datenbanken und Schlüssel in einen neuen Ordner auf dem Server, liest die Kopie zur Probe und behält die letzten sieben. Bringen Sie die Sicherungen auf einen anderen Rechner.</translation>
    </message>
    <message>
        <source>Making it …</source>
        <translation>Wird erstellt …</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>It takes the permission server.manage: an admin has it.</source>
        <translation>Nötig ist die Berechtigung server.manage: Ein Admin hat sie.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln Gerät</numerusform>
            <numerusform>%Ln Geräte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accounts</source>
        <translation>
            <numerusform>%Ln Konto</numerusform>
            <numerusform>%Ln Konten</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2: SHA-256 %3</source>
        <translation>%1, %2: SHA-256 %3</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Dieses Fenster</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Zeiten</translation>
    </message>
    <message>
        <source>Of this machine&apos;s zone</source>
        <translation>Zone dieses Rechners</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Single letters act at once: A accepts a waiting key, R rejects it, J and K go through the list, / searches.</source>
        <translation>Einzelne Buchstaben wirken sofort: A nimmt einen wartenden Schlüssel an, R lehnt ihn ab, J und K gehen durch die Liste, / sucht.</translation>
    </message>
    <message>
        <source>They act</source>
        <translation>Wirken</translation>
    </message>
    <message>
        <source>They do nothing</source>
        <translation>Wirken nicht</translation>
    </message>
    <message>
        <source>Where you are signed in</source>
        <translation>Wo Sie angemeldet sind</translation>
    </message>
    <message>
        <source>Nowhere: this program signs in with an API key.</source>
        <translation>Nirgends: Dieses Programm meldet sich mit einem API-Schlüssel an.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>A backup is being made since %1.</source>
        <translation>Seit %1 wird eine Sicherung gemacht.</translation>
    </message>
    <message>
        <source>The last one failed, %1: %2</source>
        <translation>Die letzte ist fehlgeschlagen, %1: %2</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Gemacht</translation>
    </message>
    <message>
        <source>PostgreSQL is backed up by its own tools: pg_dump with the schemas muster and telemetry, or what its host does. Copy the server&apos;s folder “keys” once.</source>
        <translation>PostgreSQL wird mit eigenen Werkzeugen gesichert: pg_dump mit den Schemata muster und telemetry, oder was sein Rechner dafür hat. Den Ordner „keys“ des Servers einmal kopieren.</translation>
    </message>
</context>
<context>
    <name>ShadowRow</name>
    <message>
        <source>differs</source>
        <translation>weicht ab</translation>
    </message>
    <message>
        <source>as wanted</source>
        <translation>wie gewünscht</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>gemeldet</translation>
    </message>
    <message>
        <source>%1: wanted %2, reported %3, %4</source>
        <translation>%1: gewünscht %2, gemeldet %3, %4</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>ShadowTab</name>
    <message>
        <source>As it is wanted</source>
        <translation>Wie gewünscht</translation>
    </message>
    <message>
        <source>It was not taken: %1</source>
        <translation>Es wurde nicht angenommen: %1</translation>
    </message>
    <message>
        <source>The device was told, and does not report it yet</source>
        <translation>Das Gerät weiß es und meldet es noch nicht</translation>
    </message>
    <message>
        <source>The device is being told</source>
        <translation>Das Gerät erfährt es gerade</translation>
    </message>
    <message>
        <source>The device is told when it is back</source>
        <translation>Das Gerät erfährt es, wenn es wieder da ist</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile. Close this, look, and change it again.</source>
        <translation>Jemand anderes hat es inzwischen geändert. Schließen, ansehen und noch einmal ändern.</translation>
    </message>
    <message numerus="yes">
        <source>%n differ(s)</source>
        <translation>
            <numerusform>%n weicht ab</numerusform>
            <numerusform>%n weichen ab</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1, by %2 %3</source>
        <translation>Version %1, von %2 %3</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>As JSON…</source>
        <translation>Als JSON…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Gewünscht</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Gemeldet</translation>
    </message>
    <message>
        <source>Asking for the state</source>
        <translation>Der Zustand wird gefragt</translation>
    </message>
    <message>
        <source>Nothing is wanted, and nothing reported</source>
        <translation>Nichts ist gewünscht, und nichts gemeldet</translation>
    </message>
    <message>
        <source>Programs on the device report its state. What somebody wants of it is kept here, and told to it when it is there.</source>
        <translation>Programme auf dem Gerät melden seinen Zustand. Was jemand von ihm wünscht, bleibt hier und wird ihm gesagt, wenn es da ist.</translation>
    </message>
    <message>
        <source>Say what is wanted…</source>
        <translation>Sagen, was gewünscht ist…</translation>
    </message>
    <message>
        <source>The state could not be read</source>
        <translation>Der Zustand konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>What is wanted</source>
        <translation>Was gewünscht ist</translation>
    </message>
    <message>
        <source>Say what is wanted</source>
        <translation>Sagen, was gewünscht ist</translation>
    </message>
    <message>
        <source>JSON, or a text: true, 7, &quot;on&quot;, [1, 2]. A device that is away is told when it is back.</source>
        <translation>JSON oder ein Text: true, 7, &quot;on&quot;, [1, 2]. Ein Gerät, das weg ist, erfährt es, wenn es wieder da ist.</translation>
    </message>
    <message>
        <source>Want this</source>
        <translation>Das wünschen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>light.on</source>
        <translation>licht.an</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Want nothing of it any more</source>
        <translation>Nichts mehr davon wünschen</translation>
    </message>
    <message>
        <source>All that is wanted</source>
        <translation>Alles, was gewünscht ist</translation>
    </message>
    <message>
        <source>What is wanted, as JSON</source>
        <translation>Was gewünscht ist, als JSON</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Switch between dark and light</source>
        <translation>Zwischen dunkel und hell wechseln</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbindet mit %1</translation>
    </message>
    <message>
        <source>First start of %1: make the account of its first administrator.</source>
        <translation>Erster Start von %1: Legen Sie das Konto des ersten Admins an.</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Bei %1 anmelden</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Nächster Versuch in %1.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Setup link</source>
        <translation>Einrichtungs-Link</translation>
    </message>
    <message>
        <source>One-time link</source>
        <translation>Einmal-Link</translation>
    </message>
    <message>
        <source>As the server printed it</source>
        <translation>Wie der Server ihn ausgegeben hat</translation>
    </message>
    <message>
        <source>Paste the whole link</source>
        <translation>Den ganzen Link einfügen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>Passwort noch einmal</translation>
    </message>
    <message>
        <source>The two passwords differ</source>
        <translation>Die beiden Passwörter sind verschieden</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Moment…</translation>
    </message>
    <message>
        <source>Make the account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Use name and password</source>
        <translation>Mit Name und Passwort</translation>
    </message>
    <message>
        <source>Use a one-time link</source>
        <translation>Mit Einmal-Link</translation>
    </message>
</context>
<context>
    <name>StatusDot</name>
    <message>
        <source>Never seen</source>
        <translation>Nie gesehen</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Online</translation>
    </message>
</context>
<context>
    <name>Toasts</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>TokenDialogs</name>
    <message>
        <source>The token of %1 is taken back</source>
        <translation>Der Token von %1 ist zurückgenommen</translation>
    </message>
    <message>
        <source>Make a new token for %1?</source>
        <translation>Neuen Token für %1 erstellen?</translation>
    </message>
    <message>
        <source>The token that it has counts for nothing from then on, and its connection is closed. It comes back when the new one is put into it, which is shown once.</source>
        <translation>Der bisherige Token gilt von da an nicht mehr, und die Verbindung wird geschlossen. Das Gerät kommt wieder, wenn der neue in ihm eingestellt ist; er wird nur einmal gezeigt.</translation>
    </message>
    <message>
        <source>Make a new token</source>
        <translation>Neuen Token erstellen</translation>
    </message>
    <message>
        <source>Take the token of %1 back?</source>
        <translation>Den Token von %1 zurücknehmen?</translation>
    </message>
    <message>
        <source>Its connection is closed, and it cannot come again until it has a new token. What is known of it stays.</source>
        <translation>Die Verbindung wird geschlossen, und das Gerät kann erst mit einem neuen Token wiederkommen. Was über es bekannt ist, bleibt.</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>The new token of %1</source>
        <translation>Der neue Token von %1</translation>
    </message>
    <message>
        <source>Nobody is shown it again: copy it before this is closed.</source>
        <translation>Niemand bekommt ihn noch einmal zu sehen: Kopieren Sie ihn, bevor Sie dies schließen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>TokenGiven</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Kopieren: %1</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Token, shown this once</source>
        <translation>Token, nur dieses eine Mal gezeigt</translation>
    </message>
    <message>
        <source>To put it into a device with Mongoose OS</source>
        <translation>So kommt er in ein Gerät mit Mongoose OS</translation>
    </message>
    <message>
        <source>Other firmware has the same two settings: dash.token is the token, and dash.server is %1</source>
        <translation>Andere Firmware hat dieselben zwei Einstellungen: dash.token ist der Token, und dash.server ist %1</translation>
    </message>
    <message>
        <source>This server is reached without TLS: who listens on the way reads the token.</source>
        <translation>Dieser Server wird ohne TLS erreicht: Wer unterwegs mithört, liest den Token.</translation>
    </message>
</context>
<context>
    <name>TokenPanel</name>
    <message>
        <source>The token of %1 is made. It is shown this once.</source>
        <translation>Der Token von %1 ist erstellt. Er wird nur dieses eine Mal gezeigt.</translation>
    </message>
    <message>
        <source>A device with a token</source>
        <translation>Ein Gerät mit Token</translation>
    </message>
    <message>
        <source>For devices that speak mDash, as those with Mongoose OS do: they sign nothing, and show a token that is made here.</source>
        <translation>Für Geräte, die mDash sprechen, wie die mit Mongoose OS: Sie signieren nichts und zeigen einen Token, der hier erstellt wird.</translation>
    </message>
    <message>
        <source>A token proves less than a key: whoever has it is taken for the device.</source>
        <translation>Ein Token beweist weniger als ein Schlüssel: Wer ihn hat, gilt als das Gerät.</translation>
    </message>
    <message>
        <source>Id, as hall-light; or none for a random one</source>
        <translation>ID, etwa hall-light; ohne sie eine zufällige</translation>
    </message>
    <message>
        <source>Id of the new device</source>
        <translation>ID des neuen Geräts</translation>
    </message>
    <message>
        <source>Name, as Hall light; or none</source>
        <translation>Name, etwa Flurlicht; oder keiner</translation>
    </message>
    <message>
        <source>Name of the new device</source>
        <translation>Name des neuen Geräts</translation>
    </message>
    <message>
        <source>Make a token</source>
        <translation>Token erstellen</translation>
    </message>
    <message>
        <source>Look at the device</source>
        <translation>Gerät ansehen</translation>
    </message>
    <message>
        <source>Make another</source>
        <translation>Noch einen erstellen</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search devices, or run a command</source>
        <translation>Geräte suchen oder Befehl ausführen</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>Aussehen: wie das System</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Aussehen: dunkel</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Aussehen: hell</translation>
    </message>
</context>
<context>
    <name>UserMenu</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Single letters as shortcuts</source>
        <translation>Einzelne Buchstaben als Kürzel</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
</context>
<context>
    <name>muster::LiveAccount</name>
    <message>
        <source>The session has ended: please sign in again</source>
        <translation>Die Sitzung ist beendet: Bitte melden Sie sich wieder an</translation>
    </message>
</context>
<context>
    <name>muster::LiveLink</name>
    <message>
        <source>The server did not answer in time</source>
        <translation>Der Server hat nicht rechtzeitig geantwortet</translation>
    </message>
    <message>
        <source>The connection was closed</source>
        <translation>Die Verbindung wurde geschlossen</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Nicht angemeldet</translation>
    </message>
    <message>
        <source>The session has ended: please sign in again</source>
        <translation>Die Sitzung ist beendet: Bitte melden Sie sich wieder an</translation>
    </message>
    <message>
        <source>The server closed the connection</source>
        <translation>Der Server hat die Verbindung geschlossen</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Der Server antwortet nicht</translation>
    </message>
    <message>
        <source>The server has gone silent</source>
        <translation>Der Server ist verstummt</translation>
    </message>
    <message>
        <source>Not connected to the server</source>
        <translation>Nicht mit dem Server verbunden</translation>
    </message>
</context>
<context>
    <name>muster::LogModel</name>
    <message>
        <source>%1 restarted%2</source>
        <translation>%1 neu gestartet%2</translation>
    </message>
    <message>
        <source>restarted%1</source>
        <translation>neu gestartet%1</translation>
    </message>
    <message>
        <source>%1 made anew%2</source>
        <translation>%1 neu erstellt%2</translation>
    </message>
    <message>
        <source>made anew%1</source>
        <translation>neu erstellt%1</translation>
    </message>
    <message>
        <source>%1 has stopped: its log ends here</source>
        <translation>%1 steht: Sein Log endet hier</translation>
    </message>
    <message>
        <source>the log of %1 broke off: %2</source>
        <translation>das Log von %1 brach ab: %2</translation>
    </message>
    <message>
        <source>the log of %1 could not be read: %2</source>
        <translation>das Log von %1 ließ sich nicht lesen: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 characters more</source>
        <translation>
            <numerusform>%1 weiteres Zeichen</numerusform>
            <numerusform>%1 weitere Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>cut on the device</source>
        <translation>auf dem Gerät gekürzt</translation>
    </message>
</context>
<context>
    <name>muster::QtSocket</name>
    <message>
        <source>The server answered with HTTP status %1 instead of a live connection</source>
        <translation>Der Server antwortete mit dem HTTP-Status %1 statt mit einer Live-Verbindung</translation>
    </message>
    <message>
        <source>What answers there opens no live connection: it is another server, or a proxy that lets no WebSocket through</source>
        <translation>Was dort antwortet, öffnet keine Live-Verbindung: ein anderer Server, oder ein Proxy, der keinen WebSocket durchlässt</translation>
    </message>
</context>
<context>
    <name>muster::RestClient</name>
    <message>
        <source>%1 (where its certificate is of an authority of your own, --ca-certificate names that one&apos;s file)</source>
        <translation>%1 (stammt das Zertifikat von einer eigenen Zertifizierungsstelle, nennt --ca-certificate deren Datei)</translation>
    </message>
    <message>
        <source>The server answered %1</source>
        <translation>Der Server antwortete mit %1</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Der Server antwortet nicht</translation>
    </message>
</context>
<context>
    <name>muster::SchemaForm</name>
    <message>
        <source>This must be a whole number</source>
        <translation>Das muss eine ganze Zahl sein</translation>
    </message>
    <message>
        <source>This must be a number, with a point: 0.5</source>
        <translation>Das muss eine Zahl sein, mit Punkt: 0.5</translation>
    </message>
    <message>
        <source>This must be true or false</source>
        <translation>Das muss true oder false sein</translation>
    </message>
    <message>
        <source>This must be a text</source>
        <translation>Das muss ein Text sein</translation>
    </message>
    <message>
        <source>This must be a number</source>
        <translation>Das muss eine Zahl sein</translation>
    </message>
    <message>
        <source>This must be a list</source>
        <translation>Das muss eine Liste sein</translation>
    </message>
    <message>
        <source>This must be an object</source>
        <translation>Das muss ein Objekt sein</translation>
    </message>
    <message>
        <source>This must be at least %1</source>
        <translation>Das muss mindestens %1 sein</translation>
    </message>
    <message>
        <source>This must be at most %1</source>
        <translation>Das darf höchstens %1 sein</translation>
    </message>
    <message>
        <source>This must be more than %1</source>
        <translation>Das muss mehr als %1 sein</translation>
    </message>
    <message>
        <source>This must be less than %1</source>
        <translation>Das muss weniger als %1 sein</translation>
    </message>
    <message>
        <source>This must be a multiple of %1</source>
        <translation>Das muss ein Vielfaches von %1 sein</translation>
    </message>
    <message>
        <source>This must not be empty</source>
        <translation>Das darf nicht leer sein</translation>
    </message>
    <message numerus="yes">
        <source>This must have at least %Ln characters</source>
        <translation>
            <numerusform>Das muss mindestens %Ln Zeichen haben</numerusform>
            <numerusform>Das muss mindestens %Ln Zeichen haben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This must have at most %Ln characters</source>
        <translation>
            <numerusform>Das darf höchstens %Ln Zeichen haben</numerusform>
            <numerusform>Das darf höchstens %Ln Zeichen haben</numerusform>
        </translation>
    </message>
    <message>
        <source>This must have the form %1</source>
        <translation>Das muss die Form %1 haben</translation>
    </message>
    <message>
        <source>This is needed</source>
        <translation>Das ist nötig</translation>
    </message>
    <message>
        <source>This must be one of the choices</source>
        <translation>Das muss eine der Möglichkeiten sein</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln are needed</source>
        <translation>
            <numerusform>Mindestens %Ln ist nötig</numerusform>
            <numerusform>Mindestens %Ln sind nötig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln may be here</source>
        <translation>
            <numerusform>Höchstens %Ln darf hier stehen</numerusform>
            <numerusform>Höchstens %Ln dürfen hier stehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Params are an object: { … }</source>
        <translation>Parameter sind ein Objekt: { … }</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>durch Kommas getrennt</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>ganze Zahl</translation>
    </message>
</context>
<context>
    <name>muster::ServerFacts</name>
    <message>
        <source>%1 of %2 devices</source>
        <translation>%1 von %2 Geräten</translation>
    </message>
    <message>
        <source>%1, nearly all within %2</source>
        <translation>%1, fast alle binnen %2</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>%1 bisher</translation>
    </message>
    <message>
        <source>Keys and books</source>
        <translation>Schlüssel und Bücher</translation>
    </message>
    <message>
        <source>Health, history</source>
        <translation>Zustand, Verlauf</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Frei auf der Platte</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln Tag</numerusform>
            <numerusform>%Ln Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>%1, %2 entries at most</source>
        <translation>%1, höchstens %2 Einträge</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Wartende Schlüssel</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln backups</source>
        <translation>
            <numerusform>%1 in %Ln Sicherung</numerusform>
            <numerusform>%1 in %Ln Sicherungen</numerusform>
        </translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>It answers within</source>
        <translation>Antwortet innerhalb von</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Its replicas are behind by</source>
        <translation>Ihre Repliken liegen zurück um</translation>
    </message>
</context>
<context>
    <name>muster::ShadowModel</name>
    <message>
        <source>This is no JSON: %1</source>
        <translation>Das ist kein JSON: %1</translation>
    </message>
    <message>
        <source>It has to be an object: {…}</source>
        <translation>Es muss ein Objekt sein: {…}</translation>
    </message>
</context>
</TS>
