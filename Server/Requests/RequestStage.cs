namespace ChatHub.Server.Requests;

/// <summary>A stage of the funnel of requests.</summary>
public enum RequestStage
{
    /// <summary>Sent, whatever became of it.</summary>
    Sent,
    /// <summary>Of those, the ones that arrived in the folder filtered.</summary>
    Filtered,
    /// <summary>Accepted, also by a crossing request.</summary>
    Accepted,
    /// <summary>Deleted by the recipient, also by a block.</summary>
    Deleted,
    /// <summary>Of those, the ones that were restored.</summary>
    Restored,
    /// <summary>Taken back by its sender, also by a block or an erasure, while the recipient had not deleted it.</summary>
    Withdrawn,
    /// <summary>Neither accepted nor deleted when its time was over.</summary>
    Expired,
}
