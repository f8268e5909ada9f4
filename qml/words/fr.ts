<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AccountDetail</name>
    <message>
        <source>Back to the accounts</source>
        <translation>Retour aux comptes</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Made %1. %2</source>
        <translation>Créé %1. %2</translation>
    </message>
    <message>
        <source>Signs in with a password, or by a link.</source>
        <translation>Se connecte avec un mot de passe, ou par un lien.</translation>
    </message>
    <message>
        <source>Has no password, and signs in by a link.</source>
        <translation>N’a pas de mot de passe, et se connecte par un lien.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Role of %1</source>
        <translation>Rôle de %1</translation>
    </message>
    <message>
        <source>%1 Nobody changes their own role: another admin can.</source>
        <translation>%1 Personne ne change son propre rôle&#xa0;: un autre admin le peut.</translation>
    </message>
    <message>
        <source>Make a sign-in link</source>
        <translation>Créer un lien de connexion</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nouveau mot de passe</translation>
    </message>
    <message>
        <source>Set a password</source>
        <translation>Définir un mot de passe</translation>
    </message>
    <message>
        <source>Make an API key</source>
        <translation>Créer une clé d’API</translation>
    </message>
    <message>
        <source>Remove the account</source>
        <translation>Supprimer le compte</translation>
    </message>
    <message>
        <source>Open sessions</source>
        <translation>Sessions ouvertes</translation>
    </message>
    <message>
        <source>None: nobody is signed in.</source>
        <translation>Aucune&#xa0;: personne n’est connecté.</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Clés d’API</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>Aucune.</translation>
    </message>
</context>
<context>
    <name>AccountDialog</name>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>Without a password the person signs in by a link that you send. They can get a password later.</source>
        <translation>Sans mot de passe, la personne se connecte par un lien que vous lui envoyez. Elle peut recevoir un mot de passe plus tard.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Password, at least 10 characters; or none</source>
        <translation>Mot de passe, au moins 10 caractères, ou aucun</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
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
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Links alone</source>
        <translation>Liens seuls</translation>
    </message>
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
            <numerusform>%Ln clé d’API</numerusform>
            <numerusform>%Ln clés d’API</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ApiKeyDialog</name>
    <message>
        <source>Make an API key for %1</source>
        <translation>Créer une clé d’API pour %1</translation>
    </message>
    <message>
        <source>It may do what the account may. It is shown once.</source>
        <translation>Elle peut ce que peut le compte. Elle n’est montrée qu’une fois.</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Créer</translation>
    </message>
    <message>
        <source>What it is for</source>
        <translation>Son usage</translation>
    </message>
    <message>
        <source>Good for</source>
        <translation>Validité</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 jours</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 jours</translation>
    </message>
    <message>
        <source>A year</source>
        <translation>Un an</translation>
    </message>
    <message>
        <source>Until it is removed</source>
        <translation>Jusqu’à sa suppression</translation>
    </message>
</context>
<context>
    <name>ApiKeyRow</name>
    <message>
        <source>made %1, ends %2</source>
        <translation>créée %1, fin&#xa0;: %2</translation>
    </message>
    <message>
        <source>made %1, does not end by itself</source>
        <translation>créée %1, sans date de fin</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Supprimer</translation>
    </message>
    <message>
        <source>Remove the key %1</source>
        <translation>Supprimer la clé %1</translation>
    </message>
</context>
<context>
    <name>AppShell</name>
    <message>
        <source>Not live. %1</source>
        <translation>Pas en direct. %1</translation>
    </message>
    <message>
        <source>Live again</source>
        <translation>De nouveau en direct</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Not live: this is how things stood at %1. %2.</source>
        <translation>Pas en direct&#xa0;: dernier état connu, %1. %2.</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Prochain essai dans %1.</translation>
    </message>
    <message>
        <source>%1: not for your role</source>
        <translation>%1&#xa0;: pas pour votre rôle</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Who runs this server can give you the permission %1.</source>
        <translation>La personne qui gère ce serveur peut vous donner la permission %1.</translation>
    </message>
    <message>
        <source>There is no such page</source>
        <translation>Cette page n’existe pas</translation>
    </message>
    <message>
        <source>The address names nothing that this dashboard has.</source>
        <translation>Rien dans ce tableau de bord ne correspond à cette adresse.</translation>
    </message>
    <message>
        <source>To the devices</source>
        <translation>Aux appareils</translation>
    </message>
    <message>
        <source>This window is %1&apos;s now: somebody signed in with this browser</source>
        <translation>Cette fenêtre est maintenant celle de %1 : quelqu&apos;un s&apos;est connecté avec ce navigateur</translation>
    </message>
    <message>
        <source>Live again, at %1 now</source>
        <translation>De nouveau en direct, maintenant chez %1</translation>
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
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Known device, new key</source>
        <translation>Connu, nouvelle clé</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouvelle clé</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>Nouvel appareil</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
</context>
<context>
    <name>ApprovalDetail</name>
    <message>
        <source>Back to the waiting keys</source>
        <translation>Retour aux clés en attente</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouvelle clé</translation>
    </message>
    <message>
        <source>Known device, new key</source>
        <translation>Connu, nouvelle clé</translation>
    </message>
    <message>
        <source>New device</source>
        <translation>Nouvel appareil</translation>
    </message>
    <message>
        <source>This device is known by another key. Either it was set up anew, or somebody uses its name. The accepted key goes on working until you decide.</source>
        <translation>Cet appareil est connu sous une autre clé. Soit il a été réinstallé, soit quelqu’un utilise son nom. La clé acceptée reste valable jusqu’à votre décision.</translation>
    </message>
    <message>
        <source>The six words: %1</source>
        <translation>Les six mots&#xa0;: %1</translation>
    </message>
    <message>
        <source>Accepted before, works now</source>
        <translation>Déjà acceptée, en service</translation>
    </message>
    <message>
        <source>New, rejected</source>
        <translation>Nouvelle, refusée</translation>
    </message>
    <message>
        <source>New, waits for you</source>
        <translation>Nouvelle, vous attend</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithme</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Machine</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Première fois</translation>
    </message>
    <message>
        <source>%1, from %2, %3</source>
        <translation>%1, depuis %2, %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln attempts</source>
        <translation>
            <numerusform>%Ln essai</numerusform>
            <numerusform>%Ln essais</numerusform>
        </translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Dernière fois</translation>
    </message>
    <message>
        <source>Waits on the line now</source>
        <translation>Attend en ligne</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>Twin</source>
        <translation>Jumeau</translation>
    </message>
    <message>
        <source>The same key is held by %1</source>
        <translation>La même clé est détenue par %1</translation>
    </message>
    <message>
        <source>No other device holds this key</source>
        <translation>Aucun autre appareil n’a cette clé</translation>
    </message>
    <message>
        <source>Accept after all…</source>
        <translation>Accepter quand même…</translation>
    </message>
    <message>
        <source>Replace the key…</source>
        <translation>Remplacer la clé…</translation>
    </message>
    <message>
        <source>Accept…</source>
        <translation>Accepter…</translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation>Refuser…</translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln from %1…</source>
        <translation>
            <numerusform>Refuser %Ln clé de %1…</numerusform>
            <numerusform>Refuser les %Ln clés de %1…</numerusform>
        </translation>
    </message>
    <message>
        <source>A accept after all · J K next, previous</source>
        <translation>A accepter quand même · J K suivante, précédente</translation>
    </message>
    <message>
        <source>A accept · R reject · J K next, previous</source>
        <translation>A accepter · R refuser · J K suivante, précédente</translation>
    </message>
    <message>
        <source>Deciding takes the permission approvals.decide: an admin can give it.</source>
        <translation>Décider demande la permission approvals.decide : un administrateur peut la donner.</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejetée</translation>
    </message>
    <message>
        <source>by %1, %2</source>
        <translation>par %1, %2</translation>
    </message>
</context>
<context>
    <name>ApprovalsPage</name>
    <message>
        <source>%1 is accepted</source>
        <translation>%1 est accepté</translation>
    </message>
    <message>
        <source>%1 is rejected</source>
        <translation>%1 est refusé</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keys from %1 are rejected</source>
        <translation>
            <numerusform>%Ln clé de %1 est refusée</numerusform>
            <numerusform>%Ln clés de %1 sont refusées</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was decided on %1: %2</source>
        <translation>Rien n’a été décidé pour %1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Approbations</translation>
    </message>
    <message>
        <source>A device may do nothing until a person accepts its key. Compare the words below with the ones the device shows.</source>
        <translation>Un appareil ne peut rien faire tant qu’une personne n’a pas accepté sa clé. Comparez les mots ci-dessous avec ceux que montre l’appareil.</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Refusées</translation>
    </message>
    <message>
        <source>Id, address or fingerprint</source>
        <translation>ID, adresse ou empreinte</translation>
    </message>
    <message>
        <source>Find a rejected key</source>
        <translation>Chercher une clé refusée</translation>
    </message>
    <message>
        <source>Find a waiting key</source>
        <translation>Chercher une clé en attente</translation>
    </message>
    <message>
        <source>The newest %1 of %2: the field above finds others</source>
        <translation>Les %1 plus récentes sur %2&#xa0;: le champ ci-dessus trouve les autres</translation>
    </message>
    <message>
        <source>Rejected keys</source>
        <translation>Clés refusées</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Clés en attente</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>No rejected key matches</source>
        <translation>Aucune clé refusée ne correspond</translation>
    </message>
    <message>
        <source>No waiting key matches</source>
        <translation>Aucune clé en attente ne correspond</translation>
    </message>
    <message>
        <source>No key is rejected</source>
        <translation>Aucune clé n’est refusée</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Rien n’est en attente</translation>
    </message>
    <message>
        <source>A key that somebody rejects stays here, and can be accepted after all.</source>
        <translation>Une clé que quelqu’un refuse reste ici, et peut être acceptée quand même.</translation>
    </message>
    <message>
        <source>Looked for in ids, addresses and fingerprints.</source>
        <translation>Cherché dans les ID, les adresses et les empreintes.</translation>
    </message>
    <message>
        <source>When a device comes with a key that nobody has accepted, it waits here, and the number beside Approvals says so.</source>
        <translation>Quand un appareil arrive avec une clé que personne n’a acceptée, elle attend ici, et le nombre à côté d’Approbations le dit.</translation>
    </message>
    <message>
        <source>The rejected keys could not be read</source>
        <translation>Les clés refusées n’ont pas pu être lues</translation>
    </message>
    <message>
        <source>The waiting keys could not be read</source>
        <translation>Les clés en attente n’ont pas pu être lues</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>Reject all %Ln keys from %1?</source>
        <translation>
            <numerusform>Refuser %Ln clé de %1&#xa0;?</numerusform>
            <numerusform>Refuser les %Ln clés de %1&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>They stay shut out, also when they come back with the same keys. If more have come meanwhile, nothing is rejected.</source>
        <translation>Elles restent exclues, même si elles reviennent à l’identique. S’il en est arrivé d’autres entre-temps, rien n’est refusé.</translation>
    </message>
    <message>
        <source>Reject all</source>
        <translation>Tout refuser</translation>
    </message>
    <message>
        <source>Replace the key of %1?</source>
        <translation>Remplacer la clé de %1&#xa0;?</translation>
    </message>
    <message>
        <source>Accept %1?</source>
        <translation>Accepter %1&#xa0;?</translation>
    </message>
    <message>
        <source>Reject %1?</source>
        <translation>Refuser %1&#xa0;?</translation>
    </message>
    <message>
        <source>The key that was accepted before stops working at once. Somebody who stole the device&apos;s name would ask for exactly this: be sure that the device itself shows these words.</source>
        <translation>La clé acceptée auparavant cesse aussitôt d’être valable. Quelqu’un qui aurait volé le nom de l’appareil demanderait exactement cela&#xa0;: assurez-vous que l’appareil lui-même montre ces mots.</translation>
    </message>
    <message>
        <source>It may then report and be called. Be sure that the device itself shows these words.</source>
        <translation>Il pourra alors envoyer des rapports et être appelé. Assurez-vous que l’appareil lui-même montre ces mots.</translation>
    </message>
    <message>
        <source>It stays shut out, also when it comes back with the same key. It can be accepted after all, under Rejected.</source>
        <translation>Il reste exclu, même s’il revient avec la même clé. Il peut être accepté quand même, sous «&#xa0;Refusées&#xa0;».</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>Remplacer la clé</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>No key of %1 waits</source>
        <translation>Aucune clé de %1 n&apos;attend</translation>
    </message>
    <message>
        <source>Show those that wait</source>
        <translation>Montrer celles qui attendent</translation>
    </message>
</context>
<context>
    <name>AuditDetail</name>
    <message>
        <source>Back to the audit</source>
        <translation>Retour à l’audit</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Sur</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Only by them</source>
        <translation>Du même auteur</translation>
    </message>
    <message>
        <source>Only on this</source>
        <translation>Sur le même objet</translation>
    </message>
    <message>
        <source>What was asked</source>
        <translation>Ce qui a été demandé</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>Nothing was saved: %1</source>
        <translation>Rien n’a été enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message numerus="yes">
        <source>%Ln entries</source>
        <translation>
            <numerusform>%Ln entrée</numerusform>
            <numerusform>%Ln entrées</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop, %1 read</source>
        <translation>Arrêter, %1 lues</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>All that match, as CSV</source>
        <translation>Tous les résultats, en CSV</translation>
    </message>
    <message>
        <source>All that match, as JSON lines</source>
        <translation>Tous les résultats, en lignes JSON</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>On what</source>
        <translation>Sur quoi</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>Depuis quand</translation>
    </message>
    <message>
        <source>Of all times</source>
        <translation>Depuis toujours</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>Les 24 dernières heures</translation>
    </message>
    <message>
        <source>The last 7 days</source>
        <translation>Les 7 derniers jours</translation>
    </message>
    <message>
        <source>The last 30 days</source>
        <translation>Les 30 derniers jours</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Plus ancien</translation>
    </message>
    <message>
        <source>Asking for the audit</source>
        <translation>Lecture de l’audit</translation>
    </message>
    <message>
        <source>No entry matches</source>
        <translation>Aucune entrée ne correspond</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Rien n’a encore été fait</translation>
    </message>
    <message>
        <source>Every change is written down here, and who was refused one.</source>
        <translation>Chaque changement est noté ici, ainsi que qui s’en est vu refuser un.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>The audit could not be read</source>
        <translation>L’audit n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The audit is not for your role</source>
        <translation>L’audit n’est pas pour votre rôle</translation>
    </message>
    <message>
        <source>It takes the permission audit.read: an admin can give it.</source>
        <translation>Il faut la permission audit.read&#xa0;: un admin peut la donner.</translation>
    </message>
</context>
<context>
    <name>AuditRow</name>
    <message>
        <source>%1 by %2, %3. %4</source>
        <translation>%1 par %2, %3. %4</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fait</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 depuis %2</translation>
    </message>
</context>
<context>
    <name>BottomBar</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
</context>
<context>
    <name>BottomTab</name>
    <message>
        <source>%1, %2 waiting</source>
        <translation>%1, %2 en attente</translation>
    </message>
</context>
<context>
    <name>BulkCard</name>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 sur %2 terminées</translation>
    </message>
    <message>
        <source>%1 on many devices: %2</source>
        <translation>%1 sur plusieurs appareils&#xa0;: %2</translation>
    </message>
    <message>
        <source>Show all commands</source>
        <translation>Afficher toutes les commandes</translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln échec</numerusform>
            <numerusform>%Ln échecs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln en cours</numerusform>
            <numerusform>%Ln en cours</numerusform>
        </translation>
    </message>
    <message>
        <source>Again for those…</source>
        <translation>Relancer les échecs…</translation>
    </message>
    <message>
        <source>Cancel the rest…</source>
        <translation>Annuler le reste…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for their device</source>
        <translation>
            <numerusform>%Ln attend son appareil</numerusform>
            <numerusform>%Ln attendent leur appareil</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln taken back</source>
        <translation>
            <numerusform>%Ln annulée</numerusform>
            <numerusform>%Ln annulées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>Call a method on %Ln devices</source>
        <translation>
            <numerusform>Appeler une méthode sur %Ln appareil</numerusform>
            <numerusform>Appeler une méthode sur %Ln appareils</numerusform>
        </translation>
    </message>
    <message>
        <source>Call a method on many devices</source>
        <translation>Appeler une méthode sur plusieurs appareils</translation>
    </message>
    <message>
        <source>Asking for the list</source>
        <translation>Lecture de la liste</translation>
    </message>
    <message>
        <source>The list is frozen: who comes or goes now changes nothing. All of them are connected.</source>
        <translation>La liste est figée&#xa0;: arrivées et départs n’y changent plus rien. Tous sont connectés.</translation>
    </message>
    <message numerus="yes">
        <source>The list is frozen: who comes or goes now changes nothing. %Ln of them are away: their commands wait.</source>
        <translation>
            <numerusform>La liste est figée&#xa0;: arrivées et départs n’y changent plus rien. %Ln d’entre eux est absent&#xa0;: sa commande attend.</numerusform>
            <numerusform>La liste est figée&#xa0;: arrivées et départs n’y changent plus rien. %Ln d’entre eux sont absents&#xa0;: leurs commandes attendent.</numerusform>
        </translation>
    </message>
    <message>
        <source>The chosen devices</source>
        <translation>Les appareils choisis</translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>et %Ln autre</numerusform>
            <numerusform>et %Ln autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Method, for instance Sys.GetInfo</source>
        <translation>Méthode, par exemple Sys.GetInfo</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Méthode</translation>
    </message>
    <message>
        <source>%1 does not offer this method. Others may.</source>
        <translation>%1 n’offre pas cette méthode. D’autres peut-être.</translation>
    </message>
    <message>
        <source>A device that is away gets it within</source>
        <translation>Un appareil absent la reçoit d’ici</translation>
    </message>
    <message>
        <source>Type the number of devices, %1, to say that you mean all of them</source>
        <translation>Tapez le nombre d’appareils, %1, pour confirmer que vous les visez tous</translation>
    </message>
    <message>
        <source>Number of devices</source>
        <translation>Nombre d’appareils</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln commands</source>
        <translation>
            <numerusform>Envoyer %Ln commande</numerusform>
            <numerusform>Envoyer %Ln commandes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallResult</name>
    <message>
        <source>Waiting for the answer</source>
        <translation>Attente de la réponse</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>Échec&#xa0;: %1</translation>
    </message>
    <message>
        <source>Left for later</source>
        <translation>Pour plus tard</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Répondu</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>en %1</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>The answer is on the clipboard</source>
        <translation>La réponse est dans le presse-papiers</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Voir</translation>
    </message>
    <message>
        <source>The answer</source>
        <translation>La réponse</translation>
    </message>
    <message>
        <source>This is the beginning of a long answer. musterctl has it whole.</source>
        <translation>Ceci est le début d’une longue réponse. musterctl la donne en entier.</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>A long result</source>
        <translation>Un long résultat</translation>
    </message>
</context>
<context>
    <name>CommandDetail</name>
    <message>
        <source>Back to the commands</source>
        <translation>Retour aux commandes</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>Demandée</translation>
    </message>
    <message>
        <source>%1 by %2, %3</source>
        <translation>%1 par %2, %3</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyée</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <translation>%1, après %2</translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation>Attend jusqu’à</translation>
    </message>
    <message>
        <source>%1, %2 more</source>
        <translation>%1, encore %2</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>A call that somebody waited for</source>
        <translation>Un appel dont quelqu’un attendait la réponse</translation>
    </message>
    <message>
        <source>A command, one of many</source>
        <translation>Une commande groupée</translation>
    </message>
    <message>
        <source>A command: kept, and run once</source>
        <translation>Une commande&#xa0;: conservée, exécutée une fois</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>Ouvrir l’appareil</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Signed by the device, key %1</source>
        <translation>Signé par l’appareil, clé %1</translation>
    </message>
    <message>
        <source>Asking for the receipt</source>
        <translation>Lecture du reçu</translation>
    </message>
    <message>
        <source>None yet: the device signs one when it has finished.</source>
        <translation>Pas encore&#xa0;: l’appareil en signe un quand il a fini.</translation>
    </message>
    <message>
        <source>None: the device never ran it.</source>
        <translation>Aucun&#xa0;: l’appareil ne l’a jamais exécutée.</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Enregistrer le reçu</translation>
    </message>
    <message>
        <source>Copy the receipt</source>
        <translation>Copier le reçu</translation>
    </message>
    <message>
        <source>The receipt is on the clipboard</source>
        <translation>Le reçu est dans le presse-papiers</translation>
    </message>
    <message>
        <source>Params</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>What came back</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>The answer is on the clipboard</source>
        <translation>La réponse est dans le presse-papiers</translation>
    </message>
    <message>
        <source>Asking for this command</source>
        <translation>Lecture de cette commande</translation>
    </message>
    <message>
        <source>This command could not be read</source>
        <translation>Cette commande n’a pas pu être lue</translation>
    </message>
    <message>
        <source>Edit and call again</source>
        <translation>Modifier et relancer</translation>
    </message>
    <message>
        <source>All of these</source>
        <translation>Tout le groupe</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Theme: as the system</source>
        <translation>Thème&#xa0;: système</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Thème&#xa0;: sombre</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Thème&#xa0;: clair</translation>
    </message>
    <message>
        <source>Times of this machine&apos;s zone</source>
        <translation>Heures du fuseau de cette machine</translation>
    </message>
    <message>
        <source>Times in UTC</source>
        <translation>Heures en UTC</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Search devices, or run a command</source>
        <translation>Chercher un appareil ou lancer une commande</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1 : %2</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>%1 on %2, %3, asked by %4 %5. %6</source>
        <translation>%1 sur %2, %3, demandée par %4 %5. %6</translation>
    </message>
    <message>
        <source>%1 · call</source>
        <translation>%1 · appel</translation>
    </message>
    <message>
        <source>%1 · one of many</source>
        <translation>%1 · groupée</translation>
    </message>
    <message>
        <source>%1 · asked by %2</source>
        <translation>%1 · demandée par %2</translation>
    </message>
</context>
<context>
    <name>CommandsPage</name>
    <message>
        <source>It is cancelled</source>
        <translation>La commande est annulée</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>%1 on their way, %2 waiting for the device</source>
        <translation>%1 en route, %2 en attente de l’appareil</translation>
    </message>
    <message>
        <source>Of one device: its id</source>
        <translation>D’un appareil&#xa0;: son ID</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvertes</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échecs</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminées</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Plus ancien</translation>
    </message>
    <message>
        <source>Asking for the commands</source>
        <translation>Lecture des commandes</translation>
    </message>
    <message>
        <source>No command matches</source>
        <translation>Aucune commande ne correspond</translation>
    </message>
    <message>
        <source>Nothing was asked yet</source>
        <translation>Rien n’a encore été demandé</translation>
    </message>
    <message>
        <source>Call a method on a device&apos;s page. A call for a device that is away can be left for later: it waits here.</source>
        <translation>Appelez une méthode sur la page d’un appareil. Un appel à un appareil absent peut être laissé pour plus tard&#xa0;: il attend ici.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>The commands could not be read</source>
        <translation>Les commandes n’ont pas pu être lues</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message numerus="yes">
        <source>%Ln on their way</source>
        <translation>
            <numerusform>%Ln en cours</numerusform>
            <numerusform>%Ln en cours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln commande est en route</numerusform>
            <numerusform>%Ln commandes sont en route</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln commands are cancelled</source>
        <translation>
            <numerusform>%Ln commande est annulée</numerusform>
            <numerusform>%Ln commandes sont annulées</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits any more: what was sent cannot be taken back</source>
        <translation>Plus rien n’attend&#xa0;: ce qui est envoyé ne peut pas être repris</translation>
    </message>
    <message numerus="yes">
        <source>Call %1 again where it failed, on %Ln devices?</source>
        <translation>
            <numerusform>Relancer %1 sur %Ln appareil où l’appel a échoué&#xa0;?</numerusform>
            <numerusform>Relancer %1 sur les %Ln appareils où l’appel a échoué&#xa0;?</numerusform>
        </translation>
    </message>
    <message>
        <source>With the same params, and as long to come as the first time.</source>
        <translation>Avec les mêmes paramètres, et le même délai que la première fois.</translation>
    </message>
    <message>
        <source>Call again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Cancel what was not sent yet?</source>
        <translation>Annuler ce qui n’est pas encore envoyé&#xa0;?</translation>
    </message>
    <message>
        <source>What a device has already goes on: nothing can take it back.</source>
        <translation>Ce qu’un appareil a déjà reçu continue&#xa0;: rien ne peut le reprendre.</translation>
    </message>
    <message>
        <source>Cancel the rest</source>
        <translation>Annuler le reste</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Laisser</translation>
    </message>
    <message>
        <source>%1 of %2 commands have failed</source>
        <translation>%1 commandes sur %2 ont échoué</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln commands have failed</source>
        <translation>
            <numerusform>La commande a échoué</numerusform>
            <numerusform>Les %Ln commandes ont toutes échoué</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContainerRow</name>
    <message>
        <source>%1, %2, image %3</source>
        <translation>%1, %2, image %3</translation>
    </message>
    <message>
        <source>Asked the device…</source>
        <translation>Demandé à l’appareil…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln restarts</source>
        <translation>
            <numerusform>%Ln redémarrage</numerusform>
            <numerusform>%Ln redémarrages</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>no figures</source>
        <translation>sans mesure</translation>
    </message>
</context>
<context>
    <name>ContainersTab</name>
    <message>
        <source>Not live: nothing can be started or stopped now.</source>
        <translation>Pas en direct&#xa0;: rien ne peut être démarré ni arrêté maintenant.</translation>
    </message>
    <message>
        <source>%1 is not there any more. If one of this name is made, its log goes on.</source>
        <translation>%1 n’est plus là. Si un conteneur de ce nom est créé, son journal reprend.</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 tourne</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Enregistré&#xa0;: %1</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Restart %1? What it does for others breaks off meanwhile.</source>
        <translation>Redémarrer %1&#xa0;? Ce qu’il fait pour d’autres s’interrompt entre-temps.</translation>
    </message>
    <message>
        <source>Stop %1? What it does for others stops as well.</source>
        <translation>Arrêter %1&#xa0;? Ce qu’il fait pour d’autres s’arrête aussi.</translation>
    </message>
    <message>
        <source>Leave it running</source>
        <translation>Laisser tourner</translation>
    </message>
    <message>
        <source>Restart it</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Asking the device for its containers</source>
        <translation>Lecture des conteneurs de l’appareil</translation>
    </message>
    <message>
        <source>No containers</source>
        <translation>Aucun conteneur</translation>
    </message>
    <message>
        <source>The engine (%1) is there, and has none. What is started on the device appears here by itself.</source>
        <translation>Le moteur (%1) est là, et n’en a aucun. Ce qui démarre sur l’appareil apparaît ici tout seul.</translation>
    </message>
    <message>
        <source>No container engine</source>
        <translation>Aucun moteur de conteneurs</translation>
    </message>
    <message>
        <source>The containers may not be seen</source>
        <translation>Les conteneurs ne peuvent pas être vus</translation>
    </message>
    <message>
        <source>The device is away</source>
        <translation>L’appareil est absent</translation>
    </message>
    <message>
        <source>The containers could not be read</source>
        <translation>Les conteneurs n’ont pas pu être lus</translation>
    </message>
    <message>
        <source>Its containers are asked of the device itself. They are here again when it is.</source>
        <translation>Ses conteneurs sont demandés à l’appareil lui-même. Ils reviennent ici avec lui.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>%1 is stopped</source>
        <translation>%1 est arrêté</translation>
    </message>
    <message>
        <source>The engine gives no figures of processor and memory: %1</source>
        <translation>Le moteur ne donne pas de chiffres de processeur et de mémoire : %1</translation>
    </message>
    <message>
        <source>No containers from this device</source>
        <translation>Pas de conteneurs de cet appareil</translation>
    </message>
    <message>
        <source>The protocol that it speaks (%1) carries neither containers nor their logs.</source>
        <translation>Son protocole (%1) ne transporte ni conteneurs ni leurs journaux.</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Your role, %1, lacks the permission %2: an admin can give you another.</source>
        <translation>À votre rôle, %1, manque la permission %2 : un administrateur peut vous en donner un autre.</translation>
    </message>
</context>
<context>
    <name>DeviceCard</name>
    <message>
        <source>%1, %2, last evidence %3</source>
        <translation>%1, %2, dernière preuve %3</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouvelle clé</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Mémoire %1</translation>
    </message>
    <message>
        <source>Disk %1</source>
        <translation>Disque %1</translation>
    </message>
</context>
<context>
    <name>DeviceHeader</name>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Critique</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>bus connected</source>
        <translation>bus connecté</translation>
    </message>
    <message>
        <source>bus away</source>
        <translation>bus absent</translation>
    </message>
    <message>
        <source>agent %1</source>
        <translation>agent %1</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>actif depuis %1</translation>
    </message>
    <message>
        <source>containers</source>
        <translation>conteneurs</translation>
    </message>
    <message>
        <source>Back to the devices</source>
        <translation>Retour aux appareils</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Was: %1 · %2</source>
        <translation>Avant&#xa0;: %1 · %2</translation>
    </message>
    <message>
        <source>proof just now</source>
        <translation>preuve à l’instant</translation>
    </message>
    <message>
        <source>proof %1 old</source>
        <translation>preuve d’il y a %1</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Jamais vu</translation>
    </message>
    <message>
        <source>Offline %1 · last proof %2</source>
        <translation>Hors ligne %1 · preuve %2</translation>
    </message>
    <message>
        <source>key</source>
        <translation>clé</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Copy the id</source>
        <translation>Copier l’identifiant</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Copier l’empreinte</translation>
    </message>
    <message>
        <source>What was asked of it</source>
        <translation>Ses commandes</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Oublier…</translation>
    </message>
    <message>
        <source>Call a method</source>
        <translation>Appeler une méthode</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>Actions</translation>
    </message>
    <message>
        <source>Restart…</source>
        <translation>Redémarrer…</translation>
    </message>
    <message>
        <source>heard just now</source>
        <translation>entendu à l’instant</translation>
    </message>
    <message>
        <source>heard %1 ago</source>
        <translation>entendu il y a %1</translation>
    </message>
    <message>
        <source>Offline %1 · last heard %2</source>
        <translation>Hors ligne %1 · entendu %2</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Renommer…</translation>
    </message>
    <message>
        <source>New token…</source>
        <translation>Nouveau jeton…</translation>
    </message>
    <message>
        <source>Take the token back…</source>
        <translation>Retirer le jeton…</translation>
    </message>
    <message>
        <source>Trusted by a token, not signed</source>
        <translation>Reconnu par un jeton, non signé</translation>
    </message>
    <message>
        <source>Its token is taken back: it cannot come</source>
        <translation>Jeton retiré&#xa0;: il ne peut plus venir</translation>
    </message>
    <message>
        <source>firmware %1</source>
        <translation>micrologiciel %1</translation>
    </message>
</context>
<context>
    <name>DevicePage</name>
    <message>
        <source>%1 was not forgotten: %2</source>
        <translation>%1 n’a pas été oublié&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1 is forgotten</source>
        <translation>%1 est oublié</translation>
    </message>
    <message>
        <source>This device has come back with another key. Its accepted key goes on working until a person decides.</source>
        <translation>Cet appareil est revenu avec une autre clé. Sa clé acceptée reste valable jusqu’à ce qu’une personne décide.</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Asking for %1</source>
        <translation>Lecture de %1</translation>
    </message>
    <message>
        <source>There is no such device</source>
        <translation>Cet appareil n’existe pas</translation>
    </message>
    <message>
        <source>This device could not be read</source>
        <translation>Cet appareil n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Back to the devices</source>
        <translation>Retour aux appareils</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>This device is forgotten</source>
        <translation>Cet appareil est oublié</translation>
    </message>
    <message>
        <source>Its key and its history are gone. Should it come back, its key waits under Approvals again.</source>
        <translation>Sa clé et son historique ont disparu. S’il revient, sa clé attendra de nouveau sous Approbations.</translation>
    </message>
    <message>
        <source>Forget %1?</source>
        <translation>Oublier %1&#xa0;?</translation>
    </message>
    <message>
        <source>Its accepted key, its health history and its place in the list are removed, and its connection is closed. Should it come back, a person must accept its key again.</source>
        <translation>Sa clé acceptée, son historique de santé et sa place dans la liste sont supprimés, et sa connexion est fermée. S’il revient, une personne devra de nouveau accepter sa clé.</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>%1 restarts</source>
        <translation>%1 redémarre</translation>
    </message>
    <message>
        <source>%1 does not restart: %2</source>
        <translation>%1 ne redémarre pas : %2</translation>
    </message>
    <message>
        <source>Restart %1?</source>
        <translation>Redémarrer %1 ?</translation>
    </message>
    <message>
        <source>The machine starts anew in a few seconds: everything on it stops, and it is away for as long as that takes. Its health and its containers tell how it is when it comes back.</source>
        <translation>La machine redémarre dans quelques secondes : tout ce qui y tourne s’arrête, et elle est absente aussi longtemps que cela dure. Son état et ses conteneurs diront comment elle va à son retour.</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>Redémarrer</translation>
    </message>
    <message>
        <source>Its token and its history are gone. To have it back, make it a token under Add a device.</source>
        <translation>Son jeton et son historique ont disparu. Pour le faire revenir, créez-lui un jeton sous «&#xa0;Ajouter un appareil&#xa0;».</translation>
    </message>
    <message>
        <source>%1 is called %2</source>
        <translation>%1 s’appelle %2</translation>
    </message>
    <message>
        <source>Its token, its health history and its place in the list are removed, and its connection is closed. It cannot come back without a new token.</source>
        <translation>Son jeton, son historique de santé et sa place dans la liste sont supprimés, et sa connexion est fermée. Il ne peut pas revenir sans un nouveau jeton.</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>%1, %2, memory %3, disk %4, last evidence %5</source>
        <translation>%1, %2, mémoire %3, disque %4, dernière preuve %5</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Nouvelle clé</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>Choisir %1</translation>
    </message>
</context>
<context>
    <name>DeviceSide</name>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Actuel</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>%1, for %2</source>
        <translation>%1, soit %2</translation>
    </message>
    <message>
        <source>Signed proof</source>
        <translation>Preuve signée</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Liaison</translation>
    </message>
    <message>
        <source>answered %1</source>
        <translation>a répondu %1</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Aller-retour</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Connexion</translation>
    </message>
    <message>
        <source>number %1, from %2</source>
        <translation>n°&#xa0;%1, depuis %2</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Horloge</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Machine</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Noyau</translation>
    </message>
    <message>
        <source>Processors</source>
        <translation>Processeurs</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>Host name</source>
        <translation>Nom d’hôte</translation>
    </message>
    <message>
        <source>Bus</source>
        <translation>Bus</translation>
    </message>
    <message>
        <source>Connected, for %1</source>
        <translation>Connecté, depuis %1</translation>
    </message>
    <message>
        <source>Away, for %1</source>
        <translation>Absent, depuis %1</translation>
    </message>
    <message>
        <source>Not set up</source>
        <translation>Non configuré</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>An engine is there</source>
        <translation>Un moteur est là</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Mots</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Algorithm</source>
        <translation>Algorithme</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Acceptée</translation>
    </message>
    <message>
        <source>%1 by %2</source>
        <translation>%1 par %2</translation>
    </message>
    <message>
        <source>Last heard</source>
        <translation>Entendu</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
    <message>
        <source>Trusted by</source>
        <translation>Reconnu par</translation>
    </message>
    <message>
        <source>A token, not signed</source>
        <translation>Un jeton, non signé</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Parle</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Donné</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Retiré</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Micrologiciel</translation>
    </message>
</context>
<context>
    <name>DevicesHeader</name>
    <message>
        <source>%1, largest first</source>
        <translation>%1, décroissant</translation>
    </message>
    <message>
        <source>%1, smallest first</source>
        <translation>%1, croissant</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Speaks</source>
        <translation>Parle</translation>
    </message>
    <message>
        <source>CPU, last hour</source>
        <translation>CPU sur 1 h</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Last evidence</source>
        <translation>Dern. preuve</translation>
    </message>
</context>
<context>
    <name>DevicesPage</name>
    <message numerus="yes">
        <source>%Ln commands are on their way</source>
        <translation>
            <numerusform>%Ln commande est en route</numerusform>
            <numerusform>%Ln commandes sont en route</numerusform>
        </translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>%1 · %2 online</source>
        <translation>%1 · %2 en ligne</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Ajouter un appareil</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Filtrer par nom</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match</source>
        <translation>
            <numerusform>%Ln trouvé</numerusform>
            <numerusform>%Ln trouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Trier</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Critique</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Jamais vu</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>CPU, last hour</source>
        <translation>CPU sur 1 h</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Disque</translation>
    </message>
    <message>
        <source>Last evidence</source>
        <translation>Dern. preuve</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices are chosen</source>
        <translation>
            <numerusform>%Ln appareil choisi</numerusform>
            <numerusform>%Ln appareils choisis</numerusform>
        </translation>
    </message>
    <message>
        <source>Call a method…</source>
        <translation>Appeler une méthode…</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Aucun</translation>
    </message>
    <message numerus="yes">
        <source>Call a method on all %Ln that match…</source>
        <translation>
            <numerusform>Appeler pour %Ln trouvé…</numerusform>
            <numerusform>Appeler pour les %Ln trouvés…</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Chargement</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>La liste n’a pas pu être lue</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No device matches</source>
        <translation>Aucun appareil ne correspond</translation>
    </message>
    <message>
        <source>Nothing in the fleet has this name in this state.</source>
        <translation>Rien dans le parc ne porte ce nom dans cet état.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Effacer le filtre</translation>
    </message>
    <message>
        <source>No devices yet</source>
        <translation>Aucun appareil pour l’instant</translation>
    </message>
</context>
<context>
    <name>Dialog</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>ElsewhereBanner</name>
    <message>
        <source>Another server of this fleet may lead now</source>
        <translation>Un autre serveur de cette flotte mène peut-être maintenant</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
</context>
<context>
    <name>EnrolPage</name>
    <message>
        <source>Add a device</source>
        <translation>Ajouter un appareil</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
</context>
<context>
    <name>EnrolPanel</name>
    <message>
        <source>Install muster-agent on the device, and start it there with this line. It holds this server&apos;s address and key, which are no secrets: the device believes no other server.</source>
        <translation>Installez muster-agent sur l’appareil, et démarrez-le là-bas avec cette ligne. Elle contient l’adresse et la clé de ce serveur, qui ne sont pas des secrets&#xa0;: l’appareil ne croit aucun autre serveur.</translation>
    </message>
    <message>
        <source>This server listens on this machine alone: devices elsewhere do not reach it. The settings listen and url say where it is reached.</source>
        <translation>Ce serveur n’écoute que sur cette machine&#xa0;: les appareils d’ailleurs ne le joignent pas. Les réglages listen et url disent où le joindre.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Copier la ligne</translation>
    </message>
    <message>
        <source>The line is on the clipboard</source>
        <translation>La ligne est dans le presse-papiers</translation>
    </message>
    <message>
        <source>The agent shows six words of its own, and these of this server: %1</source>
        <translation>L’agent montre six mots à lui, et ceux-ci, de ce serveur&#xa0;: %1</translation>
    </message>
    <message>
        <source>Asking this server for its address and key …</source>
        <translation>Lecture de l’adresse et de la clé de ce serveur…</translation>
    </message>
    <message>
        <source>Waiting for its key …</source>
        <translation>Attente de sa clé…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln keys wait for you: compare their words with the devices&apos;.</source>
        <translation>
            <numerusform>%Ln clé vous attend&#xa0;: comparez ses mots avec ceux de l’appareil.</numerusform>
            <numerusform>%Ln clés vous attendent&#xa0;: comparez leurs mots avec ceux des appareils.</numerusform>
        </translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Voir</translation>
    </message>
</context>
<context>
    <name>ExpiryChips</name>
    <message>
        <source>1 hour</source>
        <translation>1 heure</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 jour</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>It may wait for %1</source>
        <translation>Peut attendre %1</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copier&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FormField</name>
    <message>
        <source>%1, if nothing is written</source>
        <translation>%1, si rien n’est écrit</translation>
    </message>
    <message>
        <source>needed</source>
        <translation>requis</translation>
    </message>
    <message>
        <source>may be left out</source>
        <translation>facultatif</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Omis</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>Omis&#xa0;: %1</translation>
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
        <translation>jours</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>à l’instant</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>il y a %1</translation>
    </message>
    <message>
        <source>Disk %1</source>
        <translation>Disque %1</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Mémoire %1</translation>
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
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>Jamais vu</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>B/s</source>
        <translation>o/s</translation>
    </message>
    <message>
        <source>kB/s</source>
        <translation>ko/s</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>Mo/s</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>Go/s</translation>
    </message>
    <message>
        <source>KiB</source>
        <translation>Kio</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>Mio</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>Gio</translation>
    </message>
    <message>
        <source>TiB</source>
        <translation>Tio</translation>
    </message>
    <message>
        <source>in step with this server</source>
        <translation>à l’heure de ce serveur</translation>
    </message>
    <message>
        <source>%1 behind this server</source>
        <translation>%1 de retard sur ce serveur</translation>
    </message>
    <message>
        <source>%1 ahead of this server</source>
        <translation>%1 d’avance sur ce serveur</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>QDateTime</comment>
        <translation>d MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>up %1</source>
        <translation>actif %1</translation>
    </message>
    <message>
        <source>up</source>
        <translation>actif</translation>
    </message>
    <message>
        <source>Unhealthy, %1</source>
        <translation>Défaillant, %1</translation>
    </message>
    <message>
        <source>Starting, %1</source>
        <translation>Démarrage, %1</translation>
    </message>
    <message>
        <source>Dead</source>
        <translation>Mort</translation>
    </message>
    <message>
        <source>Exited</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créé</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pause</translation>
    </message>
    <message>
        <source>Restarting</source>
        <translation>Redémarrage</translation>
    </message>
    <message>
        <source>Removing</source>
        <translation>Suppression</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Waits for the device</source>
        <translation>Attend l’appareil</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyée</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminée</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Expirée</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulée</translation>
    </message>
    <message>
        <source>ms</source>
        <comment>milliseconds</comment>
        <translation>ms</translation>
    </message>
    <message>
        <source>ddd d MMM yyyy, HH:mm:ss</source>
        <comment>QDateTime</comment>
        <translation>ddd d MMM yyyy, HH:mm:ss</translation>
    </message>
    <message>
        <source>RSA, %1 bits</source>
        <translation>RSA, %1 bits</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d MMMM yyyy</translation>
    </message>
    <message>
        <source>%1 days ago</source>
        <translation>il y a %1 jours</translation>
    </message>
    <message>
        <source>B</source>
        <translation>o</translation>
    </message>
    <message>
        <source>Stopped as asked</source>
        <translation>Arrêté sur demande</translation>
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
        <translation>Mémoire</translation>
    </message>
    <message>
        <source>Disk, fullest</source>
        <translation>Disque le plus plein</translation>
    </message>
    <message>
        <source>Temperature, warmest</source>
        <translation>Température maximale</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Load, one minute</source>
        <translation>Charge, une minute</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>L’historique n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>%1 to %2, back to %3</source>
        <translation>%1 à %2, retour à %3</translation>
    </message>
    <message>
        <source>Last data %1</source>
        <translation>Dernières données %1</translation>
    </message>
    <message>
        <source>Show the last hour with data</source>
        <translation>Afficher la dernière heure mesurée</translation>
    </message>
    <message>
        <source>Nothing was measured since.</source>
        <translation>Rien n&apos;a été mesuré depuis.</translation>
    </message>
</context>
<context>
    <name>HealthTab</name>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
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
        <translation>7 j</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 j</translation>
    </message>
</context>
<context>
    <name>HistoryRow</name>
    <message>
        <source>Event</source>
        <translation>Événement</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Présence</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Clé</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Commande</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>par %1</translation>
    </message>
    <message>
        <source>%1, %2 %3. %4 %5</source>
        <translation>%1, %2 %3. %4 %5</translation>
    </message>
    <message>
        <source>To the command</source>
        <translation>Voir la commande</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Jeton</translation>
    </message>
</context>
<context>
    <name>HistoryTab</name>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Événements</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>Présence</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Clés</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Plus ancien</translation>
    </message>
    <message>
        <source>Asking for the history</source>
        <translation>Lecture de l’historique</translation>
    </message>
    <message>
        <source>Nothing of this kind</source>
        <translation>Rien de ce genre</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Il ne s’est encore rien passé</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>The history could not be read</source>
        <translation>L’historique n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>JsonText</name>
    <message>
        <source>Nothing is written here</source>
        <translation>Rien n’est écrit ici</translation>
    </message>
    <message>
        <source>This is not JSON yet: line %1, %2</source>
        <translation>Pas encore du JSON&#xa0;: ligne %1, %2</translation>
    </message>
    <message>
        <source>This is more than one JSON value</source>
        <translation>Il y a plus d’une valeur JSON</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Search, go and act</source>
        <translation>Chercher, aller, agir</translation>
    </message>
    <message>
        <source>The pages</source>
        <translation>Les pages</translation>
    </message>
    <message>
        <source>Back, or close</source>
        <translation>Retour, ou fermer</translation>
    </message>
    <message>
        <source>The next thing</source>
        <translation>L’élément suivant</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Cette liste</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listes</translation>
    </message>
    <message>
        <source>Through the rows</source>
        <translation>Parcourir les lignes</translation>
    </message>
    <message>
        <source>First and last</source>
        <translation>Première et dernière</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Choose a device</source>
        <translation>Choisir un appareil</translation>
    </message>
    <message>
        <source>Choose from here to there</source>
        <translation>Choisir d’ici jusque-là</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Clés en attente</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Next and previous</source>
        <translation>Suivante et précédente</translation>
    </message>
    <message>
        <source>A device</source>
        <translation>Un appareil</translation>
    </message>
    <message>
        <source>The tabs</source>
        <translation>Les onglets</translation>
    </message>
    <message>
        <source>Call the method</source>
        <translation>Appeler la méthode</translation>
    </message>
    <message>
        <source>Next match in a log</source>
        <translation>Résultat suivant dans un journal</translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation>Copier les lignes choisies</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Single letters are turned off, in Settings.</source>
        <translation>Les raccourcis d’une lettre sont désactivés, dans les Réglages.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>LivePill</name>
    <message>
        <source>Live · %1 ms</source>
        <translation>Direct · %1 ms</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Direct</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Reconnexion</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Connexion</translation>
    </message>
</context>
<context>
    <name>LogBar</name>
    <message>
        <source>The last 1,000 lines</source>
        <translation>Les 1&#x202f;000 dernières lignes</translation>
    </message>
    <message>
        <source>Last 1,000</source>
        <translation>1&#x202f;000 dernières</translation>
    </message>
    <message>
        <source>Since 10 min</source>
        <translation>Depuis 10 min</translation>
    </message>
    <message>
        <source>Since 1 h</source>
        <translation>Depuis 1 h</translation>
    </message>
    <message>
        <source>Since 1 day</source>
        <translation>Depuis 1 jour</translation>
    </message>
    <message>
        <source>All, up to 100,000 lines</source>
        <translation>Tout, jusqu’à 100&#x202f;000 lignes</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Back to the containers</source>
        <translation>Retour aux conteneurs</translation>
    </message>
    <message>
        <source>Read more containers beside it</source>
        <translation>Lire aussi d’autres conteneurs</translation>
    </message>
    <message>
        <source>Which output: %1</source>
        <translation>Quelle sortie&#xa0;: %1</translation>
    </message>
    <message>
        <source>Both outputs</source>
        <translation>Les deux sorties</translation>
    </message>
    <message>
        <source>Only stdout</source>
        <translation>Seulement stdout</translation>
    </message>
    <message>
        <source>Only stderr</source>
        <translation>Seulement stderr</translation>
    </message>
    <message>
        <source>Save what is here</source>
        <translation>Enregistrer ce qui est ici</translation>
    </message>
    <message>
        <source>Copy the chosen lines</source>
        <translation>Copier les lignes choisies</translation>
    </message>
    <message>
        <source>Copy what is here</source>
        <translation>Copier ce qui est ici</translation>
    </message>
    <message>
        <source>Long lines: wrapped</source>
        <translation>Lignes longues&#xa0;: repliées</translation>
    </message>
    <message>
        <source>Long lines: one line each</source>
        <translation>Lignes longues&#xa0;: sur une ligne</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Suivre</translation>
    </message>
    <message>
        <source>From when on: %1</source>
        <translation>Depuis quand&#xa0;: %1</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Chercher</translation>
    </message>
</context>
<context>
    <name>LogChips</name>
    <message>
        <source>All lines</source>
        <translation>Toutes les lignes</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Warnings and worse</source>
        <translation>Alertes et erreurs</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Alertes</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Erreurs</translation>
    </message>
    <message>
        <source>Show the lines of %1</source>
        <translation>Afficher les lignes de %1</translation>
    </message>
    <message>
        <source>Read %1 no more</source>
        <translation>Ne plus lire %1</translation>
    </message>
</context>
<context>
    <name>LogContainersMenu</name>
    <message numerus="yes">
        <source>%1 at once, no more: take one out first.</source>
        <translation>
            <numerusform>%1 à la fois, pas plus&#xa0;: retirez-en d’abord un.</numerusform>
            <numerusform>%1 à la fois, pas plus&#xa0;: retirez-en d’abord un.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read together, up to %1 at once</source>
        <translation>
            <numerusform>Lire ensemble, jusqu’à %1 à la fois</numerusform>
            <numerusform>Lire ensemble, jusqu’à %1 à la fois</numerusform>
        </translation>
    </message>
    <message>
        <source>Containers to be read together</source>
        <translation>Conteneurs à lire ensemble</translation>
    </message>
</context>
<context>
    <name>LogEnd</name>
    <message numerus="yes">
        <source>%1 of %Ln lines</source>
        <translation>
            <numerusform>%1 sur %Ln ligne</numerusform>
            <numerusform>%1 sur %Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln older ones fell out</source>
        <translation>
            <numerusform>%Ln plus ancienne retirée</numerusform>
            <numerusform>%Ln plus anciennes retirées</numerusform>
        </translation>
    </message>
    <message>
        <source>not live</source>
        <translation>pas en direct</translation>
    </message>
    <message>
        <source>paused, more waits</source>
        <translation>en pause, suite en attente</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pause</translation>
    </message>
    <message>
        <source>The log broke off: %1</source>
        <translation>Le journal s’est interrompu&#xa0;: %1</translation>
    </message>
    <message>
        <source>The logs end here: the containers have stopped. They go on when those are started.</source>
        <translation>Les journaux s’arrêtent ici&#xa0;: les conteneurs sont arrêtés. Ils reprendront quand ceux-ci démarreront.</translation>
    </message>
    <message>
        <source>The log ends here: the container has stopped. It goes on when that is started.</source>
        <translation>Le journal s’arrête ici&#xa0;: le conteneur est arrêté. Il reprendra quand celui-ci démarrera.</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Relire</translation>
    </message>
</context>
<context>
    <name>LogFindBar</name>
    <message>
        <source>Find by a regular expression</source>
        <translation>Chercher par expression régulière</translation>
    </message>
    <message>
        <source>Find in these lines</source>
        <translation>Chercher dans ces lignes</translation>
    </message>
    <message>
        <source>A regular expression</source>
        <translation>Expression régulière</translation>
    </message>
    <message>
        <source>Words as they stand</source>
        <translation>Mots tels quels</translation>
    </message>
    <message>
        <source>Only matching lines</source>
        <translation>Seulement les lignes trouvées</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Résultat précédent</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Résultat suivant</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Fermer la recherche</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines</source>
        <translation>
            <numerusform>%Ln ligne</numerusform>
            <numerusform>%Ln lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>This is no regular expression: %1</source>
        <translation>Ce n’est pas une expression régulière&#xa0;: %1</translation>
    </message>
    <message>
        <source>This expression takes too long on these lines: make it simpler. Not all of them were looked at.</source>
        <translation>Cette expression prend trop de temps sur ces lignes&#xa0;: simplifiez-la. Elles n’ont pas toutes été examinées.</translation>
    </message>
</context>
<context>
    <name>LogLine</name>
    <message>
        <source>debug</source>
        <translation>débogage</translation>
    </message>
    <message>
        <source>information</source>
        <translation>information</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>alerte</translation>
    </message>
    <message>
        <source>error</source>
        <translation>erreur</translation>
    </message>
    <message>
        <source>fatal error</source>
        <translation>erreur fatale</translation>
    </message>
    <message>
        <source>error output</source>
        <translation>sortie d’erreur</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>No line is chosen: nothing was copied</source>
        <translation>Aucune ligne n’est choisie&#xa0;: rien n’a été copié</translation>
    </message>
    <message>
        <source>Log of %1</source>
        <translation>Journal de %1</translation>
    </message>
    <message>
        <source>Asking for the log</source>
        <translation>Lecture du journal</translation>
    </message>
    <message>
        <source>This log may not be read</source>
        <translation>Ce journal ne peut pas être lu</translation>
    </message>
    <message>
        <source>The device is away</source>
        <translation>L’appareil est absent</translation>
    </message>
    <message>
        <source>The log could not be read</source>
        <translation>Le journal n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Nothing was written</source>
        <translation>Rien n’a été écrit</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Encore rien</translation>
    </message>
    <message>
        <source>What the container writes from now on appears here.</source>
        <translation>Ce que le conteneur écrira désormais apparaîtra ici.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln lines are on the clipboard</source>
        <translation>
            <numerusform>%Ln ligne est dans le presse-papiers</numerusform>
            <numerusform>%Ln lignes sont dans le presse-papiers</numerusform>
        </translation>
    </message>
    <message>
        <source>No such line</source>
        <translation>Aucune ligne ne correspond</translation>
    </message>
    <message>
        <source>Lines are here, and the filter hides them all. What comes and fits appears here.</source>
        <translation>Il y a des lignes, mais le filtre les masque toutes. Ce qui arrive et correspond apparaîtra ici.</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>Afficher toutes les lignes</translation>
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
        <translation>arrive avec le prochain rapport de l’appareil</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>jusqu’à %1</translation>
    </message>
    <message>
        <source>Not measured in this time</source>
        <translation>Pas mesuré sur cette période</translation>
    </message>
    <message>
        <source>Warning from %1 on</source>
        <translation>Alerte à partir de %1</translation>
    </message>
    <message>
        <source>failing from %1 on</source>
        <translation>critique à partir de %1</translation>
    </message>
</context>
<context>
    <name>MethodPane</name>
    <message>
        <source>Not live: nothing can be called now.</source>
        <translation>Pas en direct&#xa0;: rien ne peut être appelé maintenant.</translation>
    </message>
    <message>
        <source>%1 waits for the device</source>
        <translation>%1 attend l’appareil</translation>
    </message>
    <message>
        <source>Back to the methods</source>
        <translation>Retour aux méthodes</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>worker</translation>
    </message>
    <message>
        <source>worker %1</source>
        <translation>worker %1</translation>
    </message>
    <message>
        <source>The device is away. The call can be left for later: it runs once, as soon as the device comes.</source>
        <translation>L’appareil est absent. L’appel peut être laissé pour plus tard&#xa0;: il s’exécute une fois, dès que l’appareil revient.</translation>
    </message>
    <message>
        <source>It may wait for</source>
        <translation>Peut attendre</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
    <message>
        <source>Leave it for later</source>
        <translation>Pour plus tard</translation>
    </message>
    <message>
        <source>Ctrl Return</source>
        <translation>Ctrl Entrée</translation>
    </message>
    <message>
        <source>Calls to this device since the program started</source>
        <translation>Appels à cet appareil depuis le lancement du programme</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en attente</translation>
    </message>
    <message>
        <source>left for later</source>
        <translation>pour plus tard</translation>
    </message>
    <message>
        <source>answered in %1</source>
        <translation>répondu en %1</translation>
    </message>
    <message>
        <source>Commands of this method, newest first</source>
        <translation>Commandes de cette méthode, la plus récente d’abord</translation>
    </message>
    <message>
        <source>The device is away. The call can be left for later: it is made once, when the device comes. This device keeps no books: if the line breaks meanwhile, nobody knows whether it ran, and there is no receipt.</source>
        <translation>L’appareil est absent. L’appel peut être laissé pour plus tard&#xa0;: il est fait une fois, quand l’appareil revient. Cet appareil ne tient pas de registre&#xa0;: si la liaison se coupe entre-temps, personne ne sait s’il s’est exécuté, et il n’y a pas de reçu.</translation>
    </message>
</context>
<context>
    <name>MethodsTab</name>
    <message>
        <source>Name of a method</source>
        <translation>Nom d’une méthode</translation>
    </message>
    <message>
        <source>Find a method</source>
        <translation>Chercher une méthode</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>Prendre ce nom</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Méthodes</translation>
    </message>
    <message>
        <source>%1, of the worker %2. %3</source>
        <translation>%1, du worker %2. %3</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>worker</translation>
    </message>
    <message>
        <source>No method matches</source>
        <translation>Aucune méthode ne correspond</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>No method is chosen</source>
        <translation>Aucune méthode n’est choisie</translation>
    </message>
    <message>
        <source>Asking the device for its methods</source>
        <translation>Lecture des méthodes de l’appareil</translation>
    </message>
    <message>
        <source>No methods</source>
        <translation>Aucune méthode</translation>
    </message>
    <message>
        <source>This device offers nothing to call, or its policy forbids all of it.</source>
        <translation>Cet appareil n’offre rien à appeler, ou ses règles interdisent tout.</translation>
    </message>
    <message>
        <source>The methods could not be read</source>
        <translation>Les méthodes n’ont pas pu être lues</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>The device is away, and nobody has looked at its methods before. A method whose name you know can be left for later.</source>
        <translation>L&apos;appareil est absent, et personne n&apos;a encore regardé ses méthodes. Une méthode dont vous connaissez le nom peut être laissée pour plus tard.</translation>
    </message>
    <message>
        <source>The device is away. This is what it offered %1.</source>
        <translation>L&apos;appareil est absent. Voici ce qu&apos;il offrait %1.</translation>
    </message>
</context>
<context>
    <name>OutdatedBanner</name>
    <message>
        <source>A newer version of this page is on the server</source>
        <translation>Une version plus récente de cette page est sur le serveur</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Recharger</translation>
    </message>
</context>
<context>
    <name>ParamsForm</name>
    <message>
        <source>The same as JSON</source>
        <translation>La même chose en JSON</translation>
    </message>
    <message>
        <source>It takes no params</source>
        <translation>Elle ne prend pas de paramètres</translation>
    </message>
    <message>
        <source>Params as JSON</source>
        <translation>Paramètres en JSON</translation>
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
        <translation>%1 peut maintenant se connecter</translation>
    </message>
    <message>
        <source>The account is removed</source>
        <translation>Le compte est supprimé</translation>
    </message>
    <message>
        <source>It is changed</source>
        <translation>C’est fait</translation>
    </message>
    <message>
        <source>That session is signed out</source>
        <translation>Cette session est fermée</translation>
    </message>
    <message>
        <source>The key is removed</source>
        <translation>La clé est supprimée</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Ajouter un compte</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sessions</translation>
    </message>
    <message>
        <source>API keys</source>
        <translation>Clés d’API</translation>
    </message>
    <message>
        <source>A part of the name</source>
        <translation>Une partie du nom</translation>
    </message>
    <message>
        <source>Show more: %1 of %2</source>
        <translation>Afficher plus&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>Asking for the list</source>
        <translation>Lecture de la liste</translation>
    </message>
    <message>
        <source>No account matches</source>
        <translation>Aucun compte ne correspond</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Personne n’est connecté</translation>
    </message>
    <message>
        <source>There is no API key</source>
        <translation>Il n’y a pas de clé d’API</translation>
    </message>
    <message>
        <source>Programs sign in with one. Open an account to make a key for it.</source>
        <translation>Les programmes s’en servent pour se connecter. Ouvrez un compte pour lui en créer une.</translation>
    </message>
    <message>
        <source>The list could not be read</source>
        <translation>La liste n’a pas pu être lue</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>People are not for your role</source>
        <translation>Les comptes ne sont pas pour votre rôle</translation>
    </message>
    <message>
        <source>It takes the permission people.manage: an admin can give it.</source>
        <translation>Il faut la permission people.manage&#xa0;: un admin peut la donner.</translation>
    </message>
    <message>
        <source>There is no such account</source>
        <translation>Ce compte n’existe pas</translation>
    </message>
    <message>
        <source>Asking for this account</source>
        <translation>Lecture de ce compte</translation>
    </message>
    <message>
        <source>Back to the accounts</source>
        <translation>Retour aux comptes</translation>
    </message>
    <message>
        <source>Remove the key %1?</source>
        <translation>Supprimer la clé %1&#xa0;?</translation>
    </message>
    <message>
        <source>A password for %1</source>
        <translation>Un mot de passe pour %1</translation>
    </message>
    <message>
        <source>Whoever is signed in as %1 is signed out.</source>
        <translation>Toute personne connectée sous %1 sera déconnectée.</translation>
    </message>
    <message>
        <source>Set it</source>
        <translation>Définir</translation>
    </message>
    <message>
        <source>At least 10 characters</source>
        <translation>Au moins 10 caractères</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>Supprimer %1&#xa0;?</translation>
    </message>
    <message>
        <source>Its sessions and API keys end at once. What it did stays in the audit.</source>
        <translation>Ses sessions et ses clés d’API prennent fin aussitôt. Ce qu’il a fait reste dans l’audit.</translation>
    </message>
    <message>
        <source>Remove the account</source>
        <translation>Supprimer le compte</translation>
    </message>
    <message>
        <source>Programs that use it are refused at once.</source>
        <translation>Les programmes qui l’utilisent sont aussitôt refusés.</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Supprimer la clé</translation>
    </message>
    <message>
        <source>A link that signs %1 in, once</source>
        <translation>Un lien qui connecte %1, une seule fois</translation>
    </message>
    <message>
        <source>It is good for an hour, and shown this once. Whoever opens it first is in.</source>
        <translation>Il est valable une heure, et n’est montré que cette fois. La première personne qui l’ouvre est connectée.</translation>
    </message>
    <message>
        <source>The link is on the clipboard</source>
        <translation>Le lien est dans le presse-papiers</translation>
    </message>
    <message>
        <source>The API key</source>
        <translation>La clé d’API</translation>
    </message>
    <message>
        <source>It is shown this once, for Authorization: Bearer. The server keeps no copy of it.</source>
        <translation>Elle n’est montrée que cette fois, pour Authorization: Bearer. Le serveur n’en garde pas de copie.</translation>
    </message>
    <message>
        <source>The key is on the clipboard</source>
        <translation>La clé est dans le presse-papiers</translation>
    </message>
</context>
<context>
    <name>Places</name>
    <message>
        <source>Devices</source>
        <translation>Appareils</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Approbations</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Comptes</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Add a device</source>
        <translation>Ajouter un appareil</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>Conteneurs</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Méthodes</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Restart a container</source>
        <translation>Redémarrer un conteneur</translation>
    </message>
    <message>
        <source>Start a container</source>
        <translation>Démarrer un conteneur</translation>
    </message>
    <message>
        <source>Stop a container</source>
        <translation>Arrêter un conteneur</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>Journaux</translation>
    </message>
    <message>
        <source>Call a method</source>
        <translation>Appeler une méthode</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Souhaité et réel</translation>
    </message>
    <message>
        <source>Say what is wanted</source>
        <translation>Dire ce qui est souhaité</translation>
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
        <translation>d MMM</translation>
    </message>
    <message>
        <source>ddd d</source>
        <comment>QDateTime</comment>
        <translation>ddd d</translation>
    </message>
    <message>
        <source>ddd d MMM</source>
        <comment>QDateTime</comment>
        <translation>ddd d MMM</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <comment>QDateTime</comment>
        <translation>d MMM yyyy</translation>
    </message>
    <message>
        <source>ddd d MMM HH:mm</source>
        <comment>QDateTime</comment>
        <translation>ddd d MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy HH:mm</source>
        <comment>QDateTime</comment>
        <translation>d MMM yyyy HH:mm</translation>
    </message>
</context>
<context>
    <name>QrCode</name>
    <message>
        <source>QR code</source>
        <translation>Code QR</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln appareil</numerusform>
            <numerusform>%Ln appareils</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RailItem</name>
    <message>
        <source>%1, %2 waiting</source>
        <translation>%1, %2 en attente</translation>
    </message>
</context>
<context>
    <name>RangeChips</name>
    <message>
        <source>Show: %1</source>
        <translation>Afficher&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>RenameDialog</name>
    <message>
        <source>Rename %1</source>
        <translation>Renommer %1</translation>
    </message>
    <message>
        <source>The name is for people. Addresses, commands and the audit go on with the id, which stays: %1</source>
        <translation>Le nom est pour les gens. Les adresses, les commandes et l’audit continuent avec l’ID, qui reste&#xa0;: %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Name; without one it is called by its id</source>
        <translation>Nom&#xa0;; sans nom, c’est l’ID</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
</context>
<context>
    <name>RoleWords</name>
    <message>
        <source>Viewer</source>
        <translation>Lecteur</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Opérateur</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>Looks at devices, logs and waiting keys, and changes nothing.</source>
        <translation>Voit les appareils, les journaux et les clés en attente, et ne change rien.</translation>
    </message>
    <message>
        <source>Also accepts keys, calls methods, restarts containers, and sees the audit.</source>
        <translation>Peut aussi accepter des clés, appeler des méthodes, redémarrer des conteneurs et voir l’audit.</translation>
    </message>
    <message>
        <source>Also forgets devices, and decides who may do what.</source>
        <translation>Peut aussi oublier des appareils, et décider qui peut faire quoi.</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Client</translation>
    </message>
    <message>
        <source>Sees the devices that were shared with them and nothing else, and says what is wanted of those.</source>
        <translation>Voit les appareils partagés avec lui et rien d’autre, et dit ce qui en est voulu.</translation>
    </message>
</context>
<context>
    <name>SecretDialog</name>
    <message>
        <source>Copy and close</source>
        <translation>Copier et fermer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
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
        <translation>depuis %1, connexion %2</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Sign out %1 from %2</source>
        <translation>Déconnecter %1 (%2)</translation>
    </message>
    <message>
        <source>This one</source>
        <translation>Celle-ci</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>That session is signed out</source>
        <translation>Cette session est fermée</translation>
    </message>
    <message>
        <source>The backup is made, and was read back</source>
        <translation>La sauvegarde est faite et relue</translation>
    </message>
    <message>
        <source>%1 is on the clipboard</source>
        <translation>%1 est dans le presse-papiers</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>This server</source>
        <translation>Ce serveur</translation>
    </message>
    <message>
        <source>Asking …</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
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
        <translation>Démarré</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Fleet back</source>
        <translation>Parc revenu</translation>
    </message>
    <message>
        <source>Key words</source>
        <translation>Mots de la clé</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Empreinte</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Copier l’adresse</translation>
    </message>
    <message>
        <source>The address</source>
        <translation>L’adresse</translation>
    </message>
    <message>
        <source>Copy the public key</source>
        <translation>Copier la clé publique</translation>
    </message>
    <message>
        <source>The public key</source>
        <translation>La clé publique</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Stockage</translation>
    </message>
    <message>
        <source>Used of the disk</source>
        <translation>Disque utilisé</translation>
    </message>
    <message>
        <source>What is kept, and how long</source>
        <translation>Ce qui est gardé, et combien de temps</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sauvegarde</translation>
    </message>
    <message>
        <source>Copies the databases and keys into a new folder on the server, reads the copy back, and keeps the last seven. Take them to another machine.</source>
        <translation>Copie les bases de données et les clés dans un nouveau dossier du serveur, relit la copie, et garde les sept dernières. Mettez-les sur une autre machine.</translation>
    </message>
    <message>
        <source>Making it …</source>
        <translation>En cours…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Sauvegarder</translation>
    </message>
    <message>
        <source>It takes the permission server.manage: an admin has it.</source>
        <translation>Il faut la permission server.manage&#xa0;: un admin l’a.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>Contient</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 et %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln devices</source>
        <translation>
            <numerusform>%Ln appareil</numerusform>
            <numerusform>%Ln appareils</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accounts</source>
        <translation>
            <numerusform>%Ln compte</numerusform>
            <numerusform>%Ln comptes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2: SHA-256 %3</source>
        <translation>%1, %2&#xa0;: SHA-256 %3</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Cette fenêtre</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thème</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Système</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Heures</translation>
    </message>
    <message>
        <source>Of this machine&apos;s zone</source>
        <translation>De cette machine</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Single letters act at once: A accepts a waiting key, R rejects it, J and K go through the list, / searches.</source>
        <translation>Une lettre seule agit aussitôt&#xa0;: A accepte une clé en attente, R la refuse, J et K parcourent la liste, / cherche.</translation>
    </message>
    <message>
        <source>They act</source>
        <translation>Actives</translation>
    </message>
    <message>
        <source>They do nothing</source>
        <translation>Inactives</translation>
    </message>
    <message>
        <source>Where you are signed in</source>
        <translation>Où vous êtes connecté</translation>
    </message>
    <message>
        <source>Nowhere: this program signs in with an API key.</source>
        <translation>Nulle part&#xa0;: ce programme se connecte avec une clé d’API.</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Afficher plus</translation>
    </message>
    <message>
        <source>A backup is being made since %1.</source>
        <translation>Une sauvegarde est en cours depuis %1.</translation>
    </message>
    <message>
        <source>The last one failed, %1: %2</source>
        <translation>La dernière a échoué, %1 : %2</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Faite</translation>
    </message>
    <message>
        <source>PostgreSQL is backed up by its own tools: pg_dump with the schemas muster and telemetry, or what its host does. Copy the server&apos;s folder “keys” once.</source>
        <translation>PostgreSQL se sauvegarde avec ses propres outils : pg_dump avec les schémas muster et telemetry, ou ceux de son hébergeur. Copiez une fois le dossier « keys » du serveur.</translation>
    </message>
</context>
<context>
    <name>ShadowRow</name>
    <message>
        <source>differs</source>
        <translation>diffère</translation>
    </message>
    <message>
        <source>as wanted</source>
        <translation>comme souhaité</translation>
    </message>
    <message>
        <source>reported</source>
        <translation>signalé</translation>
    </message>
    <message>
        <source>%1: wanted %2, reported %3, %4</source>
        <translation>%1 : souhaité %2, signalé %3, %4</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
</context>
<context>
    <name>ShadowTab</name>
    <message>
        <source>As it is wanted</source>
        <translation>Comme souhaité</translation>
    </message>
    <message>
        <source>It was not taken: %1</source>
        <translation>Ce n’a pas été accepté : %1</translation>
    </message>
    <message>
        <source>The device was told, and does not report it yet</source>
        <translation>L’appareil le sait et ne le signale pas encore</translation>
    </message>
    <message>
        <source>The device is being told</source>
        <translation>L’appareil en est informé</translation>
    </message>
    <message>
        <source>The device is told when it is back</source>
        <translation>L’appareil l’apprendra à son retour</translation>
    </message>
    <message>
        <source>Somebody else changed it meanwhile. Close this, look, and change it again.</source>
        <translation>Quelqu’un d’autre l’a modifié entre-temps. Fermez, regardez et modifiez à nouveau.</translation>
    </message>
    <message numerus="yes">
        <source>%n differ(s)</source>
        <translation>
            <numerusform>%n diffère</numerusform>
            <numerusform>%n diffèrent</numerusform>
        </translation>
    </message>
    <message>
        <source>Version %1, by %2 %3</source>
        <translation>Version %1, par %2 %3</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>As JSON…</source>
        <translation>En JSON…</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Wanted</source>
        <translation>Souhaité</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>Signalé</translation>
    </message>
    <message>
        <source>Asking for the state</source>
        <translation>Demande de l’état</translation>
    </message>
    <message>
        <source>Nothing is wanted, and nothing reported</source>
        <translation>Rien n’est souhaité, et rien n’est signalé</translation>
    </message>
    <message>
        <source>Programs on the device report its state. What somebody wants of it is kept here, and told to it when it is there.</source>
        <translation>Des programmes sur l’appareil signalent son état. Ce que l’on souhaite de lui est gardé ici et lui est dit dès qu’il est là.</translation>
    </message>
    <message>
        <source>Say what is wanted…</source>
        <translation>Dire ce qui est souhaité…</translation>
    </message>
    <message>
        <source>The state could not be read</source>
        <translation>L’état n’a pas pu être lu</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>What is wanted</source>
        <translation>Ce qui est souhaité</translation>
    </message>
    <message>
        <source>Say what is wanted</source>
        <translation>Dire ce qui est souhaité</translation>
    </message>
    <message>
        <source>JSON, or a text: true, 7, &quot;on&quot;, [1, 2]. A device that is away is told when it is back.</source>
        <translation>JSON ou un texte : true, 7, &quot;on&quot;, [1, 2]. Un appareil absent l’apprend à son retour.</translation>
    </message>
    <message>
        <source>Want this</source>
        <translation>Le souhaiter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>light.on</source>
        <translation>lampe.allumee</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Want nothing of it any more</source>
        <translation>Ne plus rien en souhaiter</translation>
    </message>
    <message>
        <source>All that is wanted</source>
        <translation>Tout ce qui est souhaité</translation>
    </message>
    <message>
        <source>What is wanted, as JSON</source>
        <translation>Ce qui est souhaité, en JSON</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Switch between dark and light</source>
        <translation>Passer du sombre au clair et inversement</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Connexion à %1</translation>
    </message>
    <message>
        <source>First start of %1: make the account of its first administrator.</source>
        <translation>Premier démarrage de %1&#xa0;: créez le compte de son premier administrateur.</translation>
    </message>
    <message>
        <source>Sign in to %1</source>
        <translation>Se connecter à %1</translation>
    </message>
    <message>
        <source>Next try in %1.</source>
        <translation>Prochain essai dans %1.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Setup link</source>
        <translation>Lien d’installation</translation>
    </message>
    <message>
        <source>One-time link</source>
        <translation>Lien à usage unique</translation>
    </message>
    <message>
        <source>As the server printed it</source>
        <translation>Tel que le serveur l’a affiché</translation>
    </message>
    <message>
        <source>Paste the whole link</source>
        <translation>Collez le lien entier</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation>Confirmation</translation>
    </message>
    <message>
        <source>The two passwords differ</source>
        <translation>Les deux mots de passe diffèrent</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Make the account</source>
        <translation>Créer le compte</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Use name and password</source>
        <translation>Par nom et mot de passe</translation>
    </message>
    <message>
        <source>Use a one-time link</source>
        <translation>Par lien à usage unique</translation>
    </message>
</context>
<context>
    <name>StatusDot</name>
    <message>
        <source>Never seen</source>
        <translation>Jamais vu</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Critique</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Alerte</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
</context>
<context>
    <name>Toasts</name>
    <message>
        <source>Dismiss</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>TokenDialogs</name>
    <message>
        <source>The token of %1 is taken back</source>
        <translation>Le jeton de %1 est retiré</translation>
    </message>
    <message>
        <source>Make a new token for %1?</source>
        <translation>Créer un nouveau jeton pour %1&#xa0;?</translation>
    </message>
    <message>
        <source>The token that it has counts for nothing from then on, and its connection is closed. It comes back when the new one is put into it, which is shown once.</source>
        <translation>Son jeton actuel ne vaut alors plus rien, et sa connexion est fermée. L’appareil revient quand le nouveau y est réglé&#xa0;; il n’est montré qu’une fois.</translation>
    </message>
    <message>
        <source>Make a new token</source>
        <translation>Créer un nouveau jeton</translation>
    </message>
    <message>
        <source>Take the token of %1 back?</source>
        <translation>Retirer le jeton de %1&#xa0;?</translation>
    </message>
    <message>
        <source>Its connection is closed, and it cannot come again until it has a new token. What is known of it stays.</source>
        <translation>Sa connexion est fermée, et il ne peut pas revenir sans un nouveau jeton. Ce que l’on sait de lui reste.</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>The new token of %1</source>
        <translation>Le nouveau jeton de %1</translation>
    </message>
    <message>
        <source>Nobody is shown it again: copy it before this is closed.</source>
        <translation>Il ne sera plus montré à personne&#xa0;: copiez-le avant de fermer.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>TokenGiven</name>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>Copier&#xa0;: %1</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Token, shown this once</source>
        <translation>Jeton, montré cette seule fois</translation>
    </message>
    <message>
        <source>To put it into a device with Mongoose OS</source>
        <translation>Pour le mettre dans un appareil sous Mongoose OS</translation>
    </message>
    <message>
        <source>Other firmware has the same two settings: dash.token is the token, and dash.server is %1</source>
        <translation>Les autres micrologiciels ont les deux mêmes réglages&#xa0;: dash.token est le jeton, et dash.server est %1</translation>
    </message>
    <message>
        <source>This server is reached without TLS: who listens on the way reads the token.</source>
        <translation>Ce serveur est joint sans TLS&#xa0;: qui écoute en chemin lit le jeton.</translation>
    </message>
</context>
<context>
    <name>TokenPanel</name>
    <message>
        <source>The token of %1 is made. It is shown this once.</source>
        <translation>Le jeton de %1 est créé. Il n’est montré que cette fois.</translation>
    </message>
    <message>
        <source>A device with a token</source>
        <translation>Un appareil avec un jeton</translation>
    </message>
    <message>
        <source>For devices that speak mDash, as those with Mongoose OS do: they sign nothing, and show a token that is made here.</source>
        <translation>Pour les appareils qui parlent mDash, comme ceux sous Mongoose OS&#xa0;: ils ne signent rien, et montrent un jeton qui est créé ici.</translation>
    </message>
    <message>
        <source>A token proves less than a key: whoever has it is taken for the device.</source>
        <translation>Un jeton prouve moins qu’une clé&#xa0;: qui l’a passe pour l’appareil.</translation>
    </message>
    <message>
        <source>Id, as hall-light; or none for a random one</source>
        <translation>ID, p. ex. hall-light&#xa0;; sinon au hasard</translation>
    </message>
    <message>
        <source>Id of the new device</source>
        <translation>ID du nouvel appareil</translation>
    </message>
    <message>
        <source>Name, as Hall light; or none</source>
        <translation>Nom, p. ex. Lampe du hall&#xa0;; ou aucun</translation>
    </message>
    <message>
        <source>Name of the new device</source>
        <translation>Nom du nouvel appareil</translation>
    </message>
    <message>
        <source>Make a token</source>
        <translation>Créer un jeton</translation>
    </message>
    <message>
        <source>Look at the device</source>
        <translation>Voir l’appareil</translation>
    </message>
    <message>
        <source>Make another</source>
        <translation>En créer un autre</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Search</source>
        <translation>Chercher</translation>
    </message>
    <message>
        <source>Search devices, or run a command</source>
        <translation>Chercher un appareil ou lancer une commande</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>Thème&#xa0;: système</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Thème&#xa0;: sombre</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Thème&#xa0;: clair</translation>
    </message>
</context>
<context>
    <name>UserMenu</name>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Session de %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Single letters as shortcuts</source>
        <translation>Raccourcis d’une lettre</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
</context>
<context>
    <name>muster::LiveAccount</name>
    <message>
        <source>The session has ended: please sign in again</source>
        <translation>La session est terminée&#xa0;: veuillez vous reconnecter</translation>
    </message>
</context>
<context>
    <name>muster::LiveLink</name>
    <message>
        <source>The server did not answer in time</source>
        <translation>Le serveur n’a pas répondu à temps</translation>
    </message>
    <message>
        <source>The connection was closed</source>
        <translation>La connexion a été fermée</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Aucune session ouverte</translation>
    </message>
    <message>
        <source>The session has ended: please sign in again</source>
        <translation>La session est terminée&#xa0;: veuillez vous reconnecter</translation>
    </message>
    <message>
        <source>The server closed the connection</source>
        <translation>Le serveur a fermé la connexion</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Le serveur ne répond pas</translation>
    </message>
    <message>
        <source>The server has gone silent</source>
        <translation>Le serveur ne dit plus rien</translation>
    </message>
    <message>
        <source>Not connected to the server</source>
        <translation>Pas connecté au serveur</translation>
    </message>
</context>
<context>
    <name>muster::LogModel</name>
    <message>
        <source>%1 restarted%2</source>
        <translation>%1 redémarré%2</translation>
    </message>
    <message>
        <source>restarted%1</source>
        <translation>redémarré%1</translation>
    </message>
    <message>
        <source>%1 made anew%2</source>
        <translation>%1 recréé%2</translation>
    </message>
    <message>
        <source>made anew%1</source>
        <translation>recréé%1</translation>
    </message>
    <message>
        <source>%1 has stopped: its log ends here</source>
        <translation>%1 est arrêté&#xa0;: son journal s’arrête ici</translation>
    </message>
    <message>
        <source>the log of %1 broke off: %2</source>
        <translation>le journal de %1 s’est interrompu&#xa0;: %2</translation>
    </message>
    <message>
        <source>the log of %1 could not be read: %2</source>
        <translation>le journal de %1 n’a pas pu être lu&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 characters more</source>
        <translation>
            <numerusform>%1 caractère de plus</numerusform>
            <numerusform>%1 caractères de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>cut on the device</source>
        <translation>coupée sur l’appareil</translation>
    </message>
</context>
<context>
    <name>muster::QtSocket</name>
    <message>
        <source>The server answered with HTTP status %1 instead of a live connection</source>
        <translation>Le serveur a répondu par le statut HTTP %1 au lieu d’une connexion en direct</translation>
    </message>
    <message>
        <source>What answers there opens no live connection: it is another server, or a proxy that lets no WebSocket through</source>
        <translation>Ce qui répond là n’ouvre pas de connexion en direct : un autre serveur, ou un proxy qui ne laisse passer aucun WebSocket</translation>
    </message>
</context>
<context>
    <name>muster::RestClient</name>
    <message>
        <source>%1 (where its certificate is of an authority of your own, --ca-certificate names that one&apos;s file)</source>
        <translation>%1 (si son certificat vient de votre propre autorité, indiquez le fichier de celle-ci avec --ca-certificate)</translation>
    </message>
    <message>
        <source>The server answered %1</source>
        <translation>Le serveur a répondu %1</translation>
    </message>
    <message>
        <source>The server does not answer</source>
        <translation>Le serveur ne répond pas</translation>
    </message>
</context>
<context>
    <name>muster::SchemaForm</name>
    <message>
        <source>This must be a whole number</source>
        <translation>Il faut un nombre entier</translation>
    </message>
    <message>
        <source>This must be a number, with a point: 0.5</source>
        <translation>Il faut un nombre, avec un point&#xa0;: 0.5</translation>
    </message>
    <message>
        <source>This must be true or false</source>
        <translation>Il faut true ou false</translation>
    </message>
    <message>
        <source>This must be a text</source>
        <translation>Il faut un texte</translation>
    </message>
    <message>
        <source>This must be a number</source>
        <translation>Il faut un nombre</translation>
    </message>
    <message>
        <source>This must be a list</source>
        <translation>Il faut une liste</translation>
    </message>
    <message>
        <source>This must be an object</source>
        <translation>Il faut un objet</translation>
    </message>
    <message>
        <source>This must be at least %1</source>
        <translation>Il faut au moins %1</translation>
    </message>
    <message>
        <source>This must be at most %1</source>
        <translation>Il faut au plus %1</translation>
    </message>
    <message>
        <source>This must be more than %1</source>
        <translation>Il faut plus de %1</translation>
    </message>
    <message>
        <source>This must be less than %1</source>
        <translation>Il faut moins de %1</translation>
    </message>
    <message>
        <source>This must be a multiple of %1</source>
        <translation>Il faut un multiple de %1</translation>
    </message>
    <message>
        <source>This must not be empty</source>
        <translation>Ne doit pas être vide</translation>
    </message>
    <message numerus="yes">
        <source>This must have at least %Ln characters</source>
        <translation>
            <numerusform>Il faut au moins %Ln caractère</numerusform>
            <numerusform>Il faut au moins %Ln caractères</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This must have at most %Ln characters</source>
        <translation>
            <numerusform>Il faut au plus %Ln caractère</numerusform>
            <numerusform>Il faut au plus %Ln caractères</numerusform>
        </translation>
    </message>
    <message>
        <source>This must have the form %1</source>
        <translation>Doit avoir la forme %1</translation>
    </message>
    <message>
        <source>This is needed</source>
        <translation>Valeur requise</translation>
    </message>
    <message>
        <source>This must be one of the choices</source>
        <translation>Il faut un des choix proposés</translation>
    </message>
    <message numerus="yes">
        <source>At least %Ln are needed</source>
        <translation>
            <numerusform>Il en faut au moins %Ln</numerusform>
            <numerusform>Il en faut au moins %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>At most %Ln may be here</source>
        <translation>
            <numerusform>Il en faut au plus %Ln</numerusform>
            <numerusform>Il en faut au plus %Ln</numerusform>
        </translation>
    </message>
    <message>
        <source>Params are an object: { … }</source>
        <translation>Les paramètres sont un objet&#xa0;: { … }</translation>
    </message>
    <message>
        <source>number</source>
        <translation>nombre</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>séparés par des virgules</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 à %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>à partir de %1</translation>
    </message>
    <message>
        <source>up to %1</source>
        <translation>jusqu’à %1</translation>
    </message>
    <message>
        <source>whole number</source>
        <translation>nombre entier</translation>
    </message>
</context>
<context>
    <name>muster::ServerFacts</name>
    <message>
        <source>%1 of %2 devices</source>
        <translation>%1 sur %2 appareils</translation>
    </message>
    <message>
        <source>%1, nearly all within %2</source>
        <translation>%1, presque tous en %2</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>%1 pour l’instant</translation>
    </message>
    <message>
        <source>Keys and books</source>
        <translation>Clés et registres</translation>
    </message>
    <message>
        <source>Health, history</source>
        <translation>Santé, historique</translation>
    </message>
    <message>
        <source>Free on the disk</source>
        <translation>Libre sur le disque</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln days</source>
        <translation>
            <numerusform>%Ln jour</numerusform>
            <numerusform>%Ln jours</numerusform>
        </translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Santé</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Commandes</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>%1, %2 entries at most</source>
        <translation>%1, %2 entrées au plus</translation>
    </message>
    <message>
        <source>Waiting keys</source>
        <translation>Clés en attente</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sauvegardes</translation>
    </message>
    <message numerus="yes">
        <source>%1 in %Ln backups</source>
        <translation>
            <numerusform>%1 dans %Ln sauvegarde</numerusform>
            <numerusform>%1 dans %Ln sauvegardes</numerusform>
        </translation>
    </message>
    <message>
        <source>PostgreSQL</source>
        <translation>PostgreSQL</translation>
    </message>
    <message>
        <source>It answers within</source>
        <translation>Répond en</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Its replicas are behind by</source>
        <translation>Ses répliques ont un retard de</translation>
    </message>
</context>
<context>
    <name>muster::ShadowModel</name>
    <message>
        <source>This is no JSON: %1</source>
        <translation>Ce n’est pas du JSON : %1</translation>
    </message>
    <message>
        <source>It has to be an object: {…}</source>
        <translation>Ce doit être un objet : {…}</translation>
    </message>
</context>
</TS>
