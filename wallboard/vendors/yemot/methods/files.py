"""Files, folders, lists and reports."""

from wallboard.vendors.answer_fields import fields
from wallboard.vendors.loss import loses
from wallboard.vendors.method import Mode
from wallboard.vendors.parameter import ValueType, conditional, defaulted, required
from wallboard.vendors.rules import Rule, matching
from wallboard.vendors.yemot.methods.declaring import command

_FILE_FIELDS = "\n".join(
    f"{file}.{line}"
    for file in ("minFile", "maxFile")
    for line in (
        "exists boolean",
        "name string",
        "uniqueId string",
        "what string",
        "fileType string",
        "size integer",
        "mtime string",
        "duration",
        "durationStr string",
        "customerDid string",
        "meta string",
        "date string",
        "source string",
        "phone string",
        "ip string",
    )
)


MOST_REPORT_BYTES = 64 * 1024 * 1024
REPORT_SECONDS = 25.0  # one is made while we wait


_WITHOUT_PREFIX = Rule("must be without the leading Start-YA-", lambda value: not value.startswith("Start-YA-"))


CHECK_IF_FILE_EXISTS = command(
    "CheckIfFileExists",
    "Tells whether a file exists.",
    required("path"),
    answer="""
        responseStatus  string
        fileExists      boolean
        path            string
    """,
)

GET_IVR2_DIR_STATS = command(
    "GetIVR2DirStats",
    "Tells of one folder its type, how many files it holds, and the first and last recording.",
    required("path"),
    answer=f"""
        type               string
        thisPath           string
        parentPath         string
        dirsCount          integer
        filesCount         integer
        contentFilesCount  integer
        minFile            object
        maxFile            object
        {_FILE_FIELDS}
    """,
)

TZINTUKIM_LIST_MANAGEMENT = command(
    "TzintukimListManagement",
    "Lists the one-ring lists, tells the numbers or the log of one, or empties it.",
    required("action"),
    conditional("TzintukimList"),
    is_mutating=True,
    answer="responseStatus  string",
    mode_parameter="action",
    modes=(
        Mode(
            "getlists",
            takes=("TzintukimList",),
            is_mutating=False,
            fields=fields("""
                lists                array
                lists[].listName     string
                lists[].subscribers  integer
            """),
        ),
        Mode(
            "getlistEnteres",
            requires=("TzintukimList",),
            is_mutating=False,
            fields=fields("""
                listName          string
                countSubscribers  integer
                enteres           array
                enteres[].phone   string
                enteres[].name    string
            """),
        ),
        Mode(
            "getLogList",
            requires=("TzintukimList",),
            is_mutating=False,
            fields=fields("""
                events                  array
                events[].Folder         string
                events[].CustomerDID    string
                events[].Phone          string
                events[].Date           string
                events[].Time           string
                events[].TypeOperation  string
                events[].PhoneAction    string
            """),
        ),
        Mode(
            "resetList",
            requires=("TzintukimList",),
            fields=fields("list  string"),
            loses=loses("takes all numbers out of the list {TzintukimList}", typed="TzintukimList"),
        ),
    ),
)

VIEW_CAMPAIGN_REPORTS = command(
    "ViewCampaignReports",
    "Tells the report of a campaign, by number; its shape differs with the campaign's type.",
    required("CampaignId", rules=(_WITHOUT_PREFIX,)),
    required("json", ValueType.BIT, choices=(1,)),  # without it the answer is none that is documented
    max_bytes=MOST_REPORT_BYTES,
    read_seconds=REPORT_SECONDS,
    answer="""
        CampaignData  object
        report        object
    """,
)

RENDER_YMGR_FILE = command(
    "RenderYMGRFile",
    "Makes a report of a ymgr file, as JSON, CSV or HTML.",
    required("wath"),
    required("convertType"),
    defaulted("notLoadLang", "off", ValueType.BIT),
    defaulted("renderLanguage", "HE", rules=(matching("[A-Z]+", "must be capital letters, as HE or EN"),)),
    max_bytes=MOST_REPORT_BYTES,
    read_seconds=REPORT_SECONDS,
    mode_parameter="convertType",
    modes=(
        Mode("html", is_mutating=False, content="text/html"),
        Mode("csv", is_mutating=False, content="text/csv"),
        Mode("json", is_mutating=False),
    ),
    answer="""
        responseStatus  string
        yALogsVersion   string
        data            array
    """,
)

GET_CUSTOMER_SMS_TRANSACTIONS = command(
    "GetCustomerSmsTransactions",
    "Lists the last 2000 transactions of the system's SMS units.",
    answer="""
        responseStatus  string
        yAfastVersion   string
        rows            array
        rows[].transactionTime
        rows[].amount
        rows[].description
        rows[].newBalance
        rows[].expireDate
        rows[].who
    """,
)

METHODS = (
    CHECK_IF_FILE_EXISTS,
    GET_IVR2_DIR_STATS,
    TZINTUKIM_LIST_MANAGEMENT,
    VIEW_CAMPAIGN_REPORTS,
    RENDER_YMGR_FILE,
    GET_CUSTOMER_SMS_TRANSACTIONS,
)
