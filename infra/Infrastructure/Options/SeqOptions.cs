using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>A Seq server that receives the log besides the console.</summary>
public sealed class SeqOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Seq";

    /// <summary>Address of the server, for example <c>http://localhost:5341</c>. Empty sends nothing.</summary>
    [Url]
    public string? Url { get; set; }

    /// <summary>Key the server asks for, if it does.</summary>
    public string? ApiKey { get; set; }
}
