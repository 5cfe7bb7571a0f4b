using System.ComponentModel.DataAnnotations;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Where artifacts, step results and runs are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Store";

    /// <summary>Folder of the store; relative paths start at the working folder. It is created when it does not exist.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Folder { get; set; } = ".sparsepipe";
}
