using Grid.Storage.Tests.Beds;
using Grid.Storage.Tests.Counters;
using Grid.Storage.Tests.Enforcement;
using Grid.Storage.Tests.Feedback;
using Grid.Storage.Tests.Ingress;
using Grid.Storage.Tests.Outcomes;
using Grid.Storage.Tests.Queue;
using Grid.Storage.Tests.State;

namespace Grid.Storage.Tests.Sqlite;

public sealed class SqliteSpoolTests : SpoolTests<SqliteBed>;

public sealed class SqliteStoredCountTests : StoredCountTests<SqliteBed>;

public sealed class SqliteDsnNoticesTests : DsnNoticesTests<SqliteBed>;

public sealed class SqliteOutcomeLogTests : OutcomeLogTests<SqliteBed>;

public sealed class SqliteOutcomeHistoryTests : OutcomeHistoryTests<SqliteBed>;

public sealed class SqliteLedgerTests : LedgerTests<SqliteBed>;

public sealed class SqliteIncidentBookTests : IncidentBookTests<SqliteBed>;

public sealed class SqliteCasesTests : CasesTests<SqliteBed>;

public sealed class SqliteLedgerChainTests : LedgerChainTests<SqliteBed>;

public sealed class SqliteSuppressionsTests : SuppressionsTests<SqliteBed>;

public sealed class SqliteAbuseReportsTests : AbuseReportsTests<SqliteBed>;

public sealed class SqliteKeyRingTests : KeyRingTests<SqliteBed>;

public sealed class SqliteDkimKeysTests : DkimKeysTests<SqliteBed>;

public sealed class SqliteStateTests : StateTests<SqliteBed>;

public sealed class SqliteCrashTests : CrashTests<SqliteBed>;

public sealed class SqliteRetentionTests : RetentionTests<SqliteBed>;

public sealed class SqliteOpeningTests : OpeningTests<SqliteBed>;

public sealed class SqliteWebhooksTests : WebhooksTests<SqliteBed>;

public sealed class SqliteConsentsTests : ConsentsTests<SqliteBed>;

public sealed class SqliteTlsReportsTests : TlsReportsTests<SqliteBed>;
