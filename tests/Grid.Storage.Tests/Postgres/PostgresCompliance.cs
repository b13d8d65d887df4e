using Grid.Storage.Tests.Beds;
using Grid.Storage.Tests.Counters;
using Grid.Storage.Tests.Enforcement;
using Grid.Storage.Tests.Feedback;
using Grid.Storage.Tests.Ingress;
using Grid.Storage.Tests.Outcomes;
using Grid.Storage.Tests.Queue;
using Grid.Storage.Tests.State;

namespace Grid.Storage.Tests.Postgres;

public sealed class PostgresSpoolTests : SpoolTests<PostgresBed>;

public sealed class PostgresStoredCountTests : StoredCountTests<PostgresBed>;

public sealed class PostgresDsnNoticesTests : DsnNoticesTests<PostgresBed>;

public sealed class PostgresOutcomeLogTests : OutcomeLogTests<PostgresBed>;

public sealed class PostgresOutcomeHistoryTests : OutcomeHistoryTests<PostgresBed>;

public sealed class PostgresLedgerTests : LedgerTests<PostgresBed>;

public sealed class PostgresIncidentBookTests : IncidentBookTests<PostgresBed>;

public sealed class PostgresCasesTests : CasesTests<PostgresBed>;

public sealed class PostgresLedgerChainTests : LedgerChainTests<PostgresBed>;

public sealed class PostgresSuppressionsTests : SuppressionsTests<PostgresBed>;

public sealed class PostgresAbuseReportsTests : AbuseReportsTests<PostgresBed>;

public sealed class PostgresKeyRingTests : KeyRingTests<PostgresBed>;

public sealed class PostgresDkimKeysTests : DkimKeysTests<PostgresBed>;

public sealed class PostgresStateTests : StateTests<PostgresBed>;

public sealed class PostgresCrashTests : CrashTests<PostgresBed>;

public sealed class PostgresRetentionTests : RetentionTests<PostgresBed>;

public sealed class PostgresOpeningTests : OpeningTests<PostgresBed>;

public sealed class PostgresWebhooksTests : WebhooksTests<PostgresBed>;

public sealed class PostgresConsentsTests : ConsentsTests<PostgresBed>;

public sealed class PostgresTlsReportsTests : TlsReportsTests<PostgresBed>;
