/**
 * Known table schemas, recognised by their column names: to name a table after what it is and to say how well it fits. Data and
 * one lookup; never changes a column. Columns are those of the public documentation of each product.
 */

type Schema = {
  name: string;
  /** Columns no other schema has together: all must be there. */
  keys: readonly string[];
  columns: readonly string[];
  /** A mixture rather than a table: known, but no name for one. */
  mixture?: true;
};

const words = (text: string): string[] => text.trim().split(/\s+/);

/** In nearly every Log Analytics table. */
const common = words('TenantId TimeGenerated SourceSystem Type MG ManagementGroupName Computer _ResourceId _SubscriptionId _ItemId _BilledSize _IsBillable');

const initiating = words(`InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountObjectId InitiatingProcessAccountSid InitiatingProcessAccountUpn
  InitiatingProcessCommandLine InitiatingProcessCreationTime InitiatingProcessFileName InitiatingProcessFileSize InitiatingProcessFolderPath InitiatingProcessId InitiatingProcessIntegrityLevel
  InitiatingProcessLogonId InitiatingProcessMD5 InitiatingProcessParentCreationTime InitiatingProcessParentFileName InitiatingProcessParentId InitiatingProcessSHA1 InitiatingProcessSHA256
  InitiatingProcessSignatureStatus InitiatingProcessSignerType InitiatingProcessTokenElevation InitiatingProcessVersionInfoCompanyName InitiatingProcessVersionInfoFileDescription
  InitiatingProcessVersionInfoInternalFileName InitiatingProcessVersionInfoOriginalFileName InitiatingProcessVersionInfoProductName InitiatingProcessVersionInfoProductVersion
  InitiatingProcessSessionId IsInitiatingProcessRemoteSession InitiatingProcessRemoteSessionDeviceName InitiatingProcessRemoteSessionIP`);
const device = [...initiating, ...words('Timestamp DeviceId DeviceName ActionType ReportId MachineGroup AppGuardContainerId AdditionalFields')];

const schema = (name: string, keys: string, columns: string, base: readonly string[] = common): Schema => ({ name, keys: words(keys), columns: [...words(columns), ...base] });

const signin = `ResourceId OperationName OperationVersion Category ResultType ResultSignature ResultDescription DurationMs CorrelationId Resource ResourceGroup ResourceProvider Identity Level Location
  AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences AuthenticationDetails AuthenticationMethodsUsed AuthenticationProcessingDetails AuthenticationProtocol
  AuthenticationRequirement AuthenticationRequirementPolicies AutonomousSystemNumber ClientAppUsed ConditionalAccessPolicies ConditionalAccessStatus CreatedDateTime CrossTenantAccessType DeviceDetail
  FlaggedForReview HomeTenantId HomeTenantName Id IPAddress IPAddressFromResourceProvider IsInteractive IsRisky IsTenantRestricted LocationDetails MfaDetail NetworkLocationDetails OriginalRequestId
  ProcessingTimeInMilliseconds ResourceDisplayName ResourceIdentity ResourceServicePrincipalId ResourceTenantId RiskDetail RiskEventTypes RiskEventTypes_V2 RiskLevel RiskLevelAggregated
  RiskLevelDuringSignIn RiskState ServicePrincipalId ServicePrincipalName SessionLifetimePolicies SignInEventTypes SignInIdentifier SignInIdentifierType Status TokenIssuerName TokenIssuerType
  UniqueTokenIdentifier UserAgent UserDisplayName UserId UserPrincipalName UserType`;

const schemas: readonly Schema[] = [
  schema('SecurityEvent', 'EventID Account', `Account AccountType AccountDomain AccountName AccountExpires AccountSessionIdentifier Activity AdditionalInfo AllowedToDelegateTo Attributes AuthenticationPackageName
    AuthenticationProvider AuthenticationServer CalledStationID CallerProcessId CallerProcessName CallingStationID Channel ClientAddress ClientIPAddress ClientName CommandLine ConnectionType
    DisplayName DnsHostName ElevatedToken ErrorCode EventData EventID EventRecordId EventSourceName FailureReason FileHash FilePath Filter Fqbn HandleId HomeDirectory ImpersonationLevel
    InterfaceUuid IpAddress IpPort KeyLength Level LmPackageName LogonGuid LogonHours LogonID LogonProcessName LogonType LogonTypeName MandatoryLabel MemberName MemberSid NewDate NewProcessId
    NewProcessName NewTime NewUacValue NewValue NewValueType ObjectName ObjectServer ObjectType ObjectValueName OemInformation OldUacValue OldValue OldValueType OperationType PackageName
    ParentProcessName PrimaryGroupId PrivilegeList Process ProcessId ProcessName Properties ProtocolSequence RelativeTargetName RestrictedAdminMode SAMAccountName ScriptPath Service ServiceAccount
    ServiceFileName ServiceName ServiceStartType ServiceType ShareLocalPath ShareName SidHistory SourceComputerId Status StorageAccount SubcategoryGuid SubcategoryId Subject SubjectAccount
    SubjectDomainName SubjectKeyIdentifier SubjectLogonId SubjectMachineName SubjectUserName SubjectUserSid SubStatus TableId TargetAccount TargetDomainName TargetInfo TargetLinkedLogonId TargetLogonGuid
    TargetLogonId TargetOutboundDomainName TargetOutboundUserName TargetServerName TargetSid TargetUser TargetUserName TargetUserSid Task TemplateContent TokenElevationType TransmittedServices UserAccountControl
    UserParameters UserPrincipalName UserWorkstations VirtualAccount Workstation WorkstationName PartitionKey RowKey TimeCollected EventOriginId AzureDeploymentID Role TimeCreatedUtc`),
  schema('SigninLogs', 'UserPrincipalName ResultType AppDisplayName', signin),
  schema('AADNonInteractiveUserSignInLogs', 'UserPrincipalName ResultType ResourceIdentity SessionLifetimePolicies IsInteractive', signin),
  schema('AuditLogs', 'ActivityDateTime InitiatedBy TargetResources', `AADOperationType AADTenantId ActivityDateTime ActivityDisplayName AdditionalDetails Category CorrelationId DurationMs Id Identity
    InitiatedBy Level Location LoggedByService OperationName OperationVersion Resource ResourceGroup ResourceId ResourceProvider Result ResultDescription ResultReason ResultSignature ResultType TargetResources`),
  schema('OfficeActivity', 'Operation OfficeWorkload UserId', `AADGroupId AADTarget Activity Actor ActorContextId ActorIpAddress AddonName AddOnType AffectedItems AppDistributionMode ApplicationId AppId AzureActiveDirectory_EventType
    AzureADAppId ChannelGuid ChannelName ChannelType ChatName ChatThreadId Client Client_IPAddress ClientAppId ClientInfoString ClientIP ClientMachineName ClientProcessName ClientVersion
    CommunicationType CrossMailboxOperations CustomEvent DataCenterSecurityEventType DestFolder DestinationFileExtension DestinationFileName DestinationRelativeUrl DestMailboxId DestMailboxOwnerMasterAccountSid
    DestMailboxOwnerSid DestMailboxOwnerUPN EffectiveOrganization ElevationApprovedTime ElevationApprover ElevationDuration ElevationRequestId ElevationRole ElevationTime Event_Data EventSource
    ExtendedProperties ExternalAccess Folder Folders GenericInfo InternalLogonType InterSystemsId IntraSystemId IsManagedDevice Item ItemName ItemType LoginStatus Logon_Type LogonUserDisplayName
    LogonUserSid MachineDomainInfo MachineId MailboxGuid MailboxOwnerMasterAccountSid MailboxOwnerSid MailboxOwnerUPN Members ModifiedObjectResolvedName ModifiedProperties Name NewValue
    OfficeId OfficeObjectId OfficeTenantId OfficeWorkload OldValue Operation OperationCount OperationProperties OperationScope OrganizationId OrganizationName OriginatingServer Parameters RecordType ResultReasonType
    ResultStatus SendAsUserMailboxGuid SendAsUserSmtp SendOnBehalfOfUserMailboxGuid SendOnBehalfOfUserSmtp SharingType Site_ Site_Url Source_Name SourceFileExtension SourceFileName SourceRecordId SourceRelativeUrl
    Start_Time SRPolicyId SRPolicyName Subject SupportTicketId TabType TargetContextId TargetUserId TargetUserOrGroupName TargetUserOrGroupType TeamGuid TeamName UserAgent UserDomain UserId UserKey
    UserSharedWith UserType`),
  schema('SecurityAlert', 'AlertName SystemAlertId', `AlertLink AlertName AlertDisplayName AlertSeverity AlertType CompromisedEntity ConfidenceLevel ConfidenceScore Description DisplayName EndTime EndTimeUtc Entities
    ExtendedLinks ExtendedProperties IsIncident ProcessingEndTime ProductComponentName ProductName ProviderAlertId ProviderName RemediationSteps ResourceId Severity SourceComputerId StartTime StartTimeUtc Status SubTechniques
    SystemAlertId Tactics Techniques VendorName VendorOriginalId WorkspaceResourceGroup WorkspaceSubscriptionId`),
  schema('SecurityIncident', 'IncidentNumber IncidentName', `AdditionalData AlertIds BookmarkIds Classification ClassificationComment ClassificationReason ClosedTime Comments CreatedTime Description FirstActivityTime
    FirstModifiedTime IncidentName IncidentNumber IncidentUrl Labels LastActivityTime LastModifiedTime ModifiedBy Owner ProviderIncidentId ProviderName RelatedAnalyticRuleIds Severity Status Tasks Title`),
  schema('DeviceProcessEvents', 'DeviceName ProcessCommandLine InitiatingProcessFileName', `AccountDomain AccountName AccountObjectId AccountSid AccountUpn FileName FileSize FolderPath LogonId MD5 ProcessCommandLine
    ProcessCreationTime ProcessId ProcessIntegrityLevel ProcessTokenElevation ProcessVersionInfoCompanyName ProcessVersionInfoFileDescription ProcessVersionInfoInternalFileName
    ProcessVersionInfoOriginalFileName ProcessVersionInfoProductName ProcessVersionInfoProductVersion SHA1 SHA256 CreatedProcessSessionId IsProcessRemoteSession`, [...common, ...device]),
  schema('DeviceNetworkEvents', 'DeviceName RemoteIP InitiatingProcessFileName', 'LocalIP LocalIPType LocalPort Protocol RemoteIP RemoteIPType RemotePort RemoteUrl', [...common, ...device]),
  schema('DeviceFileEvents', 'DeviceName FileName PreviousFileName', `FileName FileOriginIP FileOriginReferrerUrl FileOriginUrl FileSize FolderPath IsAzureInfoProtectionApplied MD5 PreviousFileName PreviousFolderPath RequestAccountDomain
    RequestAccountName RequestAccountSid RequestProtocol RequestSourceIP RequestSourcePort SensitivityLabel SensitivitySubLabel SHA1 SHA256 ShareName`, [...common, ...device]),
  schema('DeviceRegistryEvents', 'DeviceName RegistryKey', 'PreviousRegistryKey PreviousRegistryValueData PreviousRegistryValueName RegistryKey RegistryValueData RegistryValueName RegistryValueType', [...common, ...device]),
  schema('DeviceLogonEvents', 'DeviceName LogonType IsLocalAdmin', `AccountDomain AccountName AccountSid FailureReason IsLocalAdmin LogonId LogonType Protocol RemoteDeviceName RemoteIP RemoteIPType RemotePort`, [...common, ...device]),
  schema('DeviceImageLoadEvents', 'DeviceName InitiatingProcessFileName SHA256 FolderPath FileName', 'FileName FileSize FolderPath MD5 SHA1 SHA256', [...common, ...device]),
  schema('AzureNetworkAnalytics_CL', 'FlowType_s FlowStartTime_t', `AllowedInFlows_d AllowedOutFlows_d AzureRegion_s ConnectionName_s ConnectionType_s Country_s DeniedInFlows_d DeniedOutFlows_d DestIP_s DestPort_d DestPublicIPs_s
    FASchemaVersion_s FlowDirection_s FlowEndTime_t FlowIntervalEndTime_t FlowIntervalStartTime_t FlowStartTime_t FlowStatus_s FlowType_s InboundBytes_d InboundPackets_d L4Protocol_s L7Protocol_s
    LocalNetworkGateway1_s LocalNetworkGateway2_s NIC1_s NIC2_s NIC_s NSGList_s NSGRule_s NSGRuleType_s NSGRules_s OutboundBytes_d OutboundPackets_d PrivateIPAddresses_s PublicIPAddresses_s PublicIPs_s Region1_s Region2_s Region_s
    ResourceType SrcIP_s Subnet1_s Subnet2_s Subnet_s Subscription1_g Subscription2_g Subscription_g SubType_s VirtualMachine_s VM1_s VM2_s VM_s VMIP_s`),
  schema('AzureActivity', 'OperationNameValue ActivityStatusValue', `ActivityStatus ActivityStatusValue ActivitySubstatus ActivitySubstatusValue Authorization Authorization_d Caller CallerIpAddress Category CategoryValue Claims Claims_d CorrelationId
    EventDataId EventSubmissionTimestamp Hierarchy HTTPRequest Level OperationId OperationName OperationNameValue Properties Properties_d Resource ResourceGroup ResourceId ResourceProvider ResourceProviderValue SubscriptionId`),
  schema('Syslog', 'SyslogMessage Facility', 'CollectorHostName EventTime Facility HostIP HostName ProcessID ProcessName SeverityLevel SyslogMessage'),
  schema('Heartbeat', 'OSType SCAgentChannel', `Category ComputerEnvironment ComputerIP ComputerPrivateIPs IsGatewayInstalled OSMajorVersion OSMinorVersion OSName OSType RemoteIPCountry RemoteIPLatitude RemoteIPLongitude Resource ResourceGroup
    ResourceId ResourceProvider ResourceType SCAgentChannel Solutions SourceComputerId SubscriptionId Version VMUUID`),
  schema('CommonSecurityLog', 'DeviceVendor DeviceProduct', `Activity AdditionalExtensions ApplicationProtocol CommunicationDirection DestinationDnsDomain DestinationHostName DestinationIP DestinationMACAddress DestinationNTDomain DestinationPort
    DestinationProcessId DestinationProcessName DestinationServiceName DestinationTranslatedAddress DestinationTranslatedPort DestinationUserID DestinationUserName DestinationUserPrivileges DeviceAction DeviceAddress
    DeviceCustomDate1 DeviceCustomNumber1 DeviceCustomNumber2 DeviceCustomNumber3 DeviceCustomString1 DeviceCustomString1Label DeviceCustomString2 DeviceCustomString2Label DeviceCustomString3 DeviceCustomString3Label
    DeviceCustomString4 DeviceCustomString4Label DeviceCustomString5 DeviceCustomString5Label DeviceCustomString6 DeviceCustomString6Label DeviceDnsDomain DeviceEventCategory DeviceEventClassID DeviceExternalID DeviceFacility
    DeviceInboundInterface DeviceMacAddress DeviceName DeviceNtDomain DeviceOutboundInterface DevicePayloadId DeviceProduct DeviceTimeZone DeviceTranslatedAddress DeviceVendor DeviceVersion EndTime EventCount EventOutcome EventType
    ExternalID FileHash FileID FileName FilePath FileSize FileType LogSeverity MaliciousIP MaliciousIPCountry Message OriginalLogSeverity ProcessID ProcessName Protocol Reason ReceiptTime ReceivedBytes RemoteIP RemotePort
    ReportReferenceLink RequestClientApplication RequestContext RequestCookies RequestMethod RequestURL SentBytes SimplifiedDeviceAction SourceDnsDomain SourceHostName SourceIP SourceMACAddress SourceNTDomain SourcePort
    SourceProcessId SourceProcessName SourceServiceName SourceTranslatedAddress SourceTranslatedPort SourceUserID SourceUserName SourceUserPrivileges StartTime ThreatConfidence ThreatDescription ThreatSeverity`),
  schema('ThreatIntelligenceIndicator', 'ThreatType ConfidenceScore IndicatorId', `Action Active ActivityGroupNames AdditionalInformation AzureTenantId ConfidenceScore Description DiamondModel DomainName EmailRecipient EmailSenderAddress EmailSubject
    ExpirationDateTime ExternalIndicatorId FileHashType FileHashValue FileName IndicatorId KillChainActions MalwareNames NetworkDestinationIP NetworkIP NetworkSourceIP Tags ThreatSeverity ThreatType TrafficLightProtocolLevel Url UserAgent`),
  schema('DnsEvents', 'ClientIP QueryType SubType', 'ClientIP EventId IndicatorThreatType IPAddresses Message Name QueryType RemoteIPCountry Result ResultCode Severity SubType TaskCategory'),
  schema('W3CIISLog', 'cIP csMethod csUriStem', 'cIP csBytes csCookie csHost csMethod csReferer csUriQuery csUriStem csUserAgent csUserName csVersion Date scBytes scStatus scSubStatus scWin32Status sIP sPort sSiteName StorageAccount Time TimeTaken'),
  schema('EmailEvents', 'NetworkMessageId SenderFromAddress', `AttachmentCount AuthenticationDetails BulkComplaintLevel ConfidenceLevel Connectors DeliveryAction DeliveryLocation DetectionMethods EmailAction EmailActionPolicy EmailClusterId EmailDirection
    EmailLanguage InternetMessageId NetworkMessageId OrgLevelAction RecipientEmailAddress RecipientObjectId ReportId SenderDisplayName SenderFromAddress SenderFromDomain SenderIPv4 SenderIPv6 SenderMailFromAddress
    SenderMailFromDomain SenderObjectId Subject ThreatNames ThreatTypes Timestamp UrlCount UserLevelAction`),
  schema('SysmonEvent', 'ProcessGuid RuleName UtcTime', `CallTrace Channel CommandLine Company CreationUtcTime CurrentDirectory Description DestinationHostname DestinationIp DestinationIsIpv6 DestinationPort DestinationPortName Details EventID EventType FileVersion
    GrantedAccess Hashes Image ImageLoaded Initiated IntegrityLevel LogonGuid LogonId OriginalFileName ParentCommandLine ParentImage ParentProcessGuid ParentProcessId PipeName PreviousCreationUtcTime ProcessGuid ProcessId Product
    Protocol QueryName QueryResults QueryStatus RuleName Signature SignatureStatus Signed SourceHostname SourceImage SourceIp SourceIsIpv6 SourcePort SourcePortName SourceProcessGUID SourceProcessId StartAddress StartFunction
    StartModule TargetFilename TargetImage TargetObject TargetProcessGUID TargetProcessId TerminalSessionId User UtcTime`),
  { ...schema('Windows event log', 'EventID Channel Hostname Message', `@timestamp @version AccountName AccountType ActivityID Category Domain EventReceivedTime EventTime EventType ExecutionProcessID Hostname host Keywords Level Message Opcode OpcodeValue
    port ProcessID ProviderGuid RecordNumber Severity SeverityValue SourceModuleName SourceModuleType SourceName tags Task ThreadID TimeCreated UserID Version EventID Channel Application Direction LayerName LayerRTID FilterRTID
    RemoteMachineID RemoteUserID SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ObjectServer ObjectType ObjectName HandleId AccessList AccessMask ProcessName ProcessId Image ProcessGuid UtcTime RuleName
    SourceAddress SourcePort DestAddress DestPort Protocol TargetObject TargetFilename Details CommandLine NewProcessName NewProcessId ParentProcessName TokenElevationType User Company Description Product FileVersion
    ImageLoaded Hashes Signed Signature SignatureStatus OriginalFileName CallTrace GrantedAccess SourceImage TargetImage LogonType IpAddress IpPort TargetUserName TargetDomainName TargetLogonId ContextInfo Payload ScriptBlockText`), mixture: true },
];

export type RecognisedSchema = {
  name: string;
  /** Columns of the file that the schema has. */
  matched: number;
  /** Enough of them to name the table after it. */
  names: boolean;
};

/** A column that exporters fill with the table's name. */
const typeColumn = 'Type';

/** Less in common says nothing: many files have a time, an account and an event number. */
const fewest = 6;

/**
 * @param columns names in the file, a saved index left out.
 * @param typeValues values seen in a column called `Type`.
 */
export const recogniseSchema = (columns: readonly string[], typeValues: readonly string[] = []): RecognisedSchema | null => {
  const own = new Set(columns.map((name) => name.replace(/ \[UTC\]$/, '')));
  const [first] = typeValues;
  const stated = first !== undefined && own.has(typeColumn) && own.has('TimeGenerated') && /^[A-Za-z][A-Za-z0-9_]{2,80}$/.test(first) && typeValues.every((value) => value === first) ? first : null;
  let best: RecognisedSchema | null = null;
  for (const known of schemas) {
    const matched = known.columns.filter((name) => own.has(name)).length;
    if (stated !== known.name && (matched < fewest || !known.keys.every((key) => own.has(key)))) continue;
    const share = matched / Math.max(1, own.size);
    if (share < (known.mixture === true ? 0.3 : 0.5)) continue;
    // a frame worked out from events shares their columns, too, but is not them
    const names = known.mixture !== true && (share >= 0.9 || stated === known.name);
    const better = best === null || (stated === known.name ? true : best.name !== stated && matched > best.matched);
    if (better) best = { name: known.name, matched, names };
  }
  if (stated !== null && best?.name !== stated) return { name: stated, matched: 0, names: true };
  return best;
};
