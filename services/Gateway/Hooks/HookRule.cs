namespace SparsePipeline.Gateway.Hooks;

/// <summary>Which messages of a hook are news of a model. What is null does not matter; which fields mean something the kind of the hook says.</summary>
public sealed record HookRule
{
    /// <summary>The model they are news of.</summary>
    public required string Model { get; init; }

    /// <summary>s3: how the key of the object begins.</summary>
    public string? Prefix { get; init; }

    /// <summary>s3: how it ends.</summary>
    public string? Suffix { get; init; }

    /// <summary>mlflow: the name of the registered model.</summary>
    public string? Name { get; init; }

    /// <summary>mlflow: the alias that a version is given. A rule without alias and tag is about new versions.</summary>
    public string? Alias { get; init; }

    /// <summary>mlflow: the tag that a version is given, as <c>key=value</c>.</summary>
    public string? Tag { get; init; }

    /// <summary>github: <c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>github: the name of a workflow. A rule without is about releases.</summary>
    public string? Workflow { get; init; }

    /// <summary>github: where the files are, <c>s3://bucket/folder</c>: those of a release below its tag, that of a workflow under the digest of its commit.</summary>
    public string? Mirror { get; init; }
}
