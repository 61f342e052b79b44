using System.Globalization;
using ChatHub.Contracts;
using ChatHub.Server.Requests;
using ChatHub.Server.Safety.Moderation;
using ChatHub.Server.Storage;
using Xunit;

namespace ChatHub.Tests.Storage;

/// <summary>Enums are stored as numbers: neither their order nor what SQL takes them for may change.</summary>
public sealed class StoredEnumsTests
{
    [Fact]
    public void Constants_of_SQL_are_the_numbers_of_the_enums()
    {
        Assert.Equal(StoredEnums.PolicyNobody, Number(MessagingPolicy.Nobody));
        Assert.Equal(StoredEnums.RequestPending, Number(RequestState.Pending));
        Assert.Equal(StoredEnums.RequestAccepted, Number(RequestState.Accepted));
        Assert.Equal(StoredEnums.RequestWithdrawn, Number(RequestState.Withdrawn));
        Assert.Equal(StoredEnums.RequestExpired, Number(RequestState.Expired));
        Assert.Equal(StoredEnums.EntryMain, Number(RequestEntry.Main));
        Assert.Equal(StoredEnums.EntryFiltered, Number(RequestEntry.Filtered));
        Assert.Equal(StoredEnums.EntryDeleted, Number(RequestEntry.Deleted));
        Assert.Equal(StoredEnums.EntryAccepted, Number(RequestEntry.Accepted));
    }

    [Fact]
    public void Stored_enums_keep_their_numbers()
    {
        Assert.Equal(["Everyone", "Following", "Nobody"], Enum.GetNames<MessagingPolicy>());
        Assert.Equal(["Pending", "Accepted", "Withdrawn", "Expired"], Enum.GetNames<RequestState>());
        Assert.Equal(["Main", "Filtered", "Deleted", "Accepted", "Suppressed"], Enum.GetNames<RequestEntry>());
        Assert.Equal(["Main", "Filtered", "Deleted"], Enum.GetNames<RequestFolder>());
        Assert.Equal(["Nothing", "Sender", "Text"], Enum.GetNames<PushContent>());
        Assert.Equal(["Harassment", "Spam", "Hate", "Sexual", "MinorSafety", "Other"], Enum.GetNames<ReportReason>());
        Assert.Equal(["Dismiss", "Warn", "Ban"], Enum.GetNames<ReportAction>());
        Assert.Equal(["OpenReport", "DismissReport", "Warn", "Ban", "LiftBan", "AddNote"], Enum.GetNames<AuditAction>());
        Assert.Equal(["Warning", "Ban", "Note"], Enum.GetNames<RecordKind>());
    }

    private static string Number(Enum value) => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);
}
