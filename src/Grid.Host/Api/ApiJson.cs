using System.Text.Json;
using System.Text.Json.Serialization;
using Grid.Core.Admission;
using Grid.Core.Enforcement.Vetting;
using Grid.Core.Outcomes;
using Grid.Core.Ports;
using Grid.Core.Vocabulary;
using Grid.Host.Api.Model;
using Grid.Host.Ingress;

namespace Grid.Host.Api;

/// <summary>JSON of the API: camelCase, unknown and doubled fields refused, absent values not written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters =
    [
        typeof(CamelCaseEnumConverter<Standing>),
        typeof(CamelCaseEnumConverter<ReplyReason>),
        typeof(CamelCaseEnumConverter<AnsweredCommand>),
        typeof(CamelCaseEnumConverter<ReplyAbout>),
        typeof(CamelCaseEnumConverter<SuppressionReason>),
        typeof(CamelCaseEnumConverter<SuppressionScope>),
        typeof(CamelCaseEnumConverter<DsnAction>),
        typeof(CamelCaseEnumConverter<DsnState>),
        typeof(CamelCaseEnumConverter<AbuseSource>),
        typeof(CamelCaseEnumConverter<MailStream>),
        typeof(CamelCaseEnumConverter<OutcomeKind>),
        typeof(CamelCaseEnumConverter<DecisionKind>),
        typeof(CamelCaseEnumConverter<LedgerFaultKind>),
        typeof(CamelCaseEnumConverter<ShapingAction>),
        typeof(CamelCaseEnumConverter<DkimKeyState>),
        typeof(CamelCaseEnumConverter<VettingStage>),
    ])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(TenantsBody))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeysBody))]
[JsonSerializable(typeof(SendingDomainsBody))]
[JsonSerializable(typeof(KeyStateRequest))]
[JsonSerializable(typeof(StateRequest))]
[JsonSerializable(typeof(TenantStateRequest))]
[JsonSerializable(typeof(StateBody))]
[JsonSerializable(typeof(IpRequest))]
[JsonSerializable(typeof(IpBody))]
[JsonSerializable(typeof(IpNamesView))]
[JsonSerializable(typeof(AlignmentView))]
[JsonSerializable(typeof(WarmupPlanRequest))]
[JsonSerializable(typeof(WarmupPlansBody))]
[JsonSerializable(typeof(IpsBody))]
[JsonSerializable(typeof(DomainBody))]
[JsonSerializable(typeof(DomainLimitsBody))]
[JsonSerializable(typeof(DecisionsBody))]
[JsonSerializable(typeof(QueueBody))]
[JsonSerializable(typeof(QueueScopeRequest))]
[JsonSerializable(typeof(QueueActBody))]
[JsonSerializable(typeof(ClassifyRequest))]
[JsonSerializable(typeof(ClassifyBody))]
[JsonSerializable(typeof(SuppressionRequest))]
[JsonSerializable(typeof(SuppressionBody))]
[JsonSerializable(typeof(SuppressionsBody))]
[JsonSerializable(typeof(SuppressionImportLine))]
[JsonSerializable(typeof(SuppressionImportBody))]
[JsonSerializable(typeof(AbuseCaseBody))]
[JsonSerializable(typeof(AbuseCasesBody))]
[JsonSerializable(typeof(AbuseVerdictRequest))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(FeedbackBody))]
[JsonSerializable(typeof(OutgoingMessage))]
[JsonSerializable(typeof(TemplateRequest))]
[JsonSerializable(typeof(TemplateBody))]
[JsonSerializable(typeof(TemplatesBody))]
[JsonSerializable(typeof(TemplateDataRequest))]
[JsonSerializable(typeof(FilledTemplateBody))]
[JsonSerializable(typeof(MessageDetails))]
[JsonSerializable(typeof(AcceptedBody))]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(CheckBody))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(CancelledBody))]
[JsonSerializable(typeof(PoliciesBody))]
[JsonSerializable(typeof(PolicyBody))]
[JsonSerializable(typeof(PushedBody))]
[JsonSerializable(typeof(PolicyVersionBody))]
[JsonSerializable(typeof(PolicyVersionsBody))]
[JsonSerializable(typeof(PolicyDiffBody))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(LedgerVerificationBody))]
[JsonSerializable(typeof(DecisionCaseBody))]
[JsonSerializable(typeof(PreviewBody))]
[JsonSerializable(typeof(PreviewLineBody))]
[JsonSerializable(typeof(FindingRequest))]
[JsonSerializable(typeof(FindingBody))]
[JsonSerializable(typeof(CasesBody))]
[JsonSerializable(typeof(CaseBody))]
[JsonSerializable(typeof(CaseRequest))]
[JsonSerializable(typeof(CaseNoteRequest))]
[JsonSerializable(typeof(VerdictRequest))]
[JsonSerializable(typeof(CaseBundleBody))]
[JsonSerializable(typeof(AppealRequest))]
[JsonSerializable(typeof(AppealBody))]
[JsonSerializable(typeof(NoticesBody))]
[JsonSerializable(typeof(HeldBody))]
[JsonSerializable(typeof(HeldsBody))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(NoticeBody))]
[JsonSerializable(typeof(CaseComplaintBody))]
[JsonSerializable(typeof(CaseMessageBody))]
[JsonSerializable(typeof(CaseMessageRequest))]
[JsonSerializable(typeof(ComplianceBody))]
[JsonSerializable(typeof(IncidentsBody))]
[JsonSerializable(typeof(IncidentBody))]
[JsonSerializable(typeof(IncidentShareRequest))]
[JsonSerializable(typeof(TlsReportsBody))]
[JsonSerializable(typeof(TlsReportBody))]
[JsonSerializable(typeof(TlsReportRequest))]
[JsonSerializable(typeof(BillingBody))]
[JsonSerializable(typeof(VettingBody))]
[JsonSerializable(typeof(VettingRequest))]
[JsonSerializable(typeof(AcceptanceRequest))]
[JsonSerializable(typeof(AttestationRequest))]
[JsonSerializable(typeof(AddressRequest))]
[JsonSerializable(typeof(ChecklistRequest))]
[JsonSerializable(typeof(VettingDecisionRequest))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(OverrideRequest))]
[JsonSerializable(typeof(ConsentLine))]
[JsonSerializable(typeof(ConsentRecordBody))]
[JsonSerializable(typeof(ConsentsBody))]
[JsonSerializable(typeof(ConsentListsBody))]
[JsonSerializable(typeof(ConsentEvidenceBody))]
[JsonSerializable(typeof(ConsentRevocation))]
[JsonSerializable(typeof(ConfirmationRequest))]
[JsonSerializable(typeof(ConfirmationBody))]
[JsonSerializable(typeof(ScopesBody))]
[JsonSerializable(typeof(ChildBody))]
[JsonSerializable(typeof(ChildrenBody))]
[JsonSerializable(typeof(OverridesBody))]
[JsonSerializable(typeof(ReputationBody))]
[JsonSerializable(typeof(SeriesBody))]
[JsonSerializable(typeof(EventsBody))]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookReplayRequest))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhooksBody))]
[JsonSerializable(typeof(SiteBody))]
[JsonSerializable(typeof(SitesBody))]
[JsonSerializable(typeof(SiteResumeRequest))]
[JsonSerializable(typeof(ShapingBody))]
public sealed partial class ApiJson : JsonSerializerContext;
