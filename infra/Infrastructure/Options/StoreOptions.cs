using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SparsePipeline.Infrastructure.Options;

/// <summary>Where artifacts, step results and runs are kept.</summary>
public sealed class StoreOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Store";

    /// <summary>Everything is in <see cref="Folder"/>: nothing to install, processes on one machine may share it.</summary>
    public const string InFolder = "folder";

    /// <summary>Everything is in a bucket (section <c>S3</c>); <see cref="Folder"/> holds copies and unfinished files only.</summary>
    public const string InS3 = "s3";

    /// <summary>Where artifacts and documents are kept: <c>folder</c> or <c>s3</c>.</summary>
    [AllowedValues(InFolder, InS3)]
    public string Kind { get; set; } = InFolder;

    /// <summary>Folder of the store, or of this machine's copies; relative paths start at the working folder. It is created when it does not exist.</summary>
    [Required(AllowEmptyStrings = false)]
    public string Folder { get; set; } = ".sparsepipe";

    /// <summary>Bytes this machine's copies may take with <c>Store:Kind=s3</c>; those used longest ago go first, those of the last hour stay.</summary>
    [Range(0, long.MaxValue)]
    public long CacheBytes { get; set; } = 20L * 1024 * 1024 * 1024;
}

/// <summary>Generated from the attributes above.</summary>
[OptionsValidator]
internal sealed partial class StoreOptionsValidator : IValidateOptions<StoreOptions>;
