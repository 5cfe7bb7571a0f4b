namespace SparsePipeline.Contracts;

/// <summary>What the holder of a key may do.</summary>
public static class AccessRoles
{
    /// <summary>Reads everything but keys and audit.</summary>
    public const string Viewer = "viewer";

    /// <summary>Uploads checkpoints, publishes events about its models, and reads its own events.</summary>
    public const string Publisher = "publisher";

    /// <summary>Takes part in one federation as one client of it. There are no federations yet, so it may upload and no more.</summary>
    public const string Client = "client";

    /// <summary>What viewer and publisher may, and starts and stops runs and stores recipes and subscriptions.</summary>
    public const string Operator = "operator";

    /// <summary>What a viewer may, and decides about promotions of models once there are any.</summary>
    public const string Approver = "approver";

    /// <summary>What an operator may, and looks after keys and reads the audit.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Viewer, Publisher, Client, Operator, Approver, Admin];
}
