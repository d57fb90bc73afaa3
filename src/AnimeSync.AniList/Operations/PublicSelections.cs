namespace AnimeSync.AniList.Operations;

/// <summary>
/// Everything whose answer is the same for everybody, reviewed line by line; what is not here is the caller's own.
/// </summary>
/// <remarks>
/// <c>Type Kind: field(argument:Type):Type … | reason</c>: the kind is that of answers to these fields, a field without
/// a type is a leaf, and <c>&amp;name</c> stands for a group of arguments. What stays away: the caller's relation to a
/// thing, settings, moderation, whatever is shown to its author only (private messages and drafts), and whatever the
/// caller can change through this service and must then see changed. In doubt, stay away: it costs a request.
/// </remarks>
internal static class PublicSelections
{
    public const string Text = """
        &page: page:Int perPage:Int | which part of a list
        &media: id:Int idMal:Int startDate:FuzzyDateInt endDate:FuzzyDateInt season:MediaSeason seasonYear:Int
            type:MediaType format:MediaFormat status:MediaStatus episodes:Int duration:Int chapters:Int volumes:Int
            isAdult:Boolean genre:String tag:String minimumTagRank:Int tagCategory:String licensedBy:String
            licensedById:Int averageScore:Int popularity:Int source:MediaSource countryOfOrigin:CountryCode
            isLicensed:Boolean search:String id_not:Int id_in:[Int] id_not_in:[Int] idMal_not:Int idMal_in:[Int]
            idMal_not_in:[Int] startDate_greater:FuzzyDateInt startDate_lesser:FuzzyDateInt startDate_like:String
            endDate_greater:FuzzyDateInt endDate_lesser:FuzzyDateInt endDate_like:String format_in:[MediaFormat]
            format_not:MediaFormat format_not_in:[MediaFormat] status_in:[MediaStatus] status_not:MediaStatus
            status_not_in:[MediaStatus] episodes_greater:Int episodes_lesser:Int duration_greater:Int
            duration_lesser:Int chapters_greater:Int chapters_lesser:Int volumes_greater:Int volumes_lesser:Int
            genre_in:[String] genre_not_in:[String] tag_in:[String] tag_not_in:[String] tagCategory_in:[String]
            tagCategory_not_in:[String] licensedBy_in:[String] licensedById_in:[Int] averageScore_not:Int
            averageScore_greater:Int averageScore_lesser:Int popularity_not:Int popularity_greater:Int
            popularity_lesser:Int source_in:[MediaSource] countryOfOrigin_in:[CountryCode]
            countryOfOrigin_not_in:[CountryCode] sort:[MediaSort] | facts of a title; onList is the caller's
        &mediaTrend: mediaId:Int date:Int trending:Int averageScore:Int popularity:Int episode:Int releasing:Boolean
            mediaId_not:Int mediaId_in:[Int] mediaId_not_in:[Int] date_greater:Int date_lesser:Int
            trending_greater:Int trending_lesser:Int trending_not:Int averageScore_greater:Int
            averageScore_lesser:Int averageScore_not:Int popularity_greater:Int popularity_lesser:Int
            popularity_not:Int episode_greater:Int episode_lesser:Int episode_not:Int sort:[MediaTrendSort]
            | site totals
        &airing: id:Int mediaId:Int episode:Int airingAt:Int notYetAired:Boolean id_not:Int id_in:[Int]
            id_not_in:[Int] mediaId_not:Int mediaId_in:[Int] mediaId_not_in:[Int] episode_not:Int episode_in:[Int]
            episode_not_in:[Int] episode_greater:Int episode_lesser:Int airingAt_greater:Int airingAt_lesser:Int
            sort:[AiringSort] | facts of a broadcast
        &studio: id:Int search:String id_not:Int id_in:[Int] id_not_in:[Int] | facts of a company, or of a person
        &person: &studio isBirthday:Boolean | the birthday is the site's today
        &user: id:Int name:String search:String sort:[UserSort] | isModerator is moderation
        &review: id:Int mediaId:Int mediaType:MediaType sort:[ReviewSort] | by userId, authors would miss their drafts
        &recommendation: id:Int mediaId:Int mediaRecommendationId:Int userId:Int rating:Int rating_greater:Int
            rating_lesser:Int sort:[RecommendationSort] | onList is the caller's
        &thread: id:Int userId:Int replyUserId:Int categoryId:Int mediaCategoryId:Int search:String id_in:[Int]
            sort:[ThreadSort] | subscribed is the caller's
        &comment: id:Int threadId:Int userId:Int sort:[ThreadCommentSort] | facts of a comment
        &voices: language:StaffLanguage sort:[StaffSort] | facts of a role
        &days: sort:[SiteTrendSort] &page | daily totals
        &statistics: limit:Int sort:[UserStatisticsSort] | the order of one's statistics

        Query Constant: GenreCollection MediaTagCollection:MediaTag
            ExternalLinkSourceCollection(id:Int type:ExternalLinkType mediaType:ExternalLinkMediaType):MediaExternalLink
            | vocabularies; a tag's status is for moderators
        Query Constant: Page(&page):Page | as what is on the page
        Query Title: Media(&media):Media | one title
        Query Person: Character(&person sort:[CharacterSort]):Character Staff(&person sort:[StaffSort]):Staff
            Studio(&studio sort:[StudioSort]):Studio | one person or company
        Query Search: MediaTrend(&mediaTrend):MediaTrend SiteStatistics:SiteStatistics | totals, counted daily
        Query Profile: User(&user):User | a profile; Viewer is the caller
        Query Community: Review(&review):Review Recommendation(&recommendation):Recommendation Thread(&thread):Thread
            ThreadComment(&comment):ThreadComment | written in public
        Query Airing: AiringSchedule(&airing):AiringSchedule | one broadcast

        Page Constant: pageInfo:PageInfo | as what is on the page
        Page Search: media(&media):Media characters(&person sort:[CharacterSort]):Character
            staff(&person sort:[StaffSort]):Staff studios(&studio sort:[StudioSort]):Studio
            mediaTrends(&mediaTrend):MediaTrend | the catalogue; mediaList is somebody's list
        Page Profile: users(&user):User followers(userId:Int! sort:[UserSort]):User
            following(userId:Int! sort:[UserSort]):User | profiles, and who follows whom
        Page Community: reviews(&review):Review recommendations(&recommendation):Recommendation
            threads(&thread):Thread threadComments(&comment):ThreadComment
            | written in public; activities and their replies and likes may be private messages
        Page Airing: airingSchedules(&airing):AiringSchedule | the calendar
        PageInfo: total perPage currentPage lastPage hasNextPage | of a public list

        Media: id idMal title:MediaTitle type format status(version:Int) description(asHtml:Boolean)
            startDate:FuzzyDate endDate:FuzzyDate season seasonYear seasonInt episodes duration chapters volumes
            countryOfOrigin isLicensed source(version:Int) hashtag trailer:MediaTrailer updatedAt
            coverImage:MediaCoverImage bannerImage genres synonyms averageScore meanScore popularity trending
            favourites tags:MediaTag relations:MediaConnection isAdult siteUrl stats:MediaStats rankings:MediaRank
            characters(sort:[CharacterSort] role:CharacterRole &page):CharacterConnection
            staff(sort:[StaffSort] &page):StaffConnection studios(sort:[StudioSort] isMain:Boolean):StudioConnection
            nextAiringEpisode:AiringSchedule airingSchedule(notYetAired:Boolean &page):AiringScheduleConnection
            trends(sort:[MediaTrendSort] releasing:Boolean &page):MediaTrendConnection
            externalLinks:MediaExternalLink streamingEpisodes:MediaStreamingEpisode
            reviews(limit:Int sort:[ReviewSort] &page):ReviewConnection
            recommendations(sort:[RecommendationSort] &page):RecommendationConnection
            | facts of a title; mediaListEntry and isFavourite are the caller's, isLocked and the like moderation
        MediaTitle: romaji(stylised:Boolean) english(stylised:Boolean) native(stylised:Boolean)
            | userPreferred is the caller's setting, here and in all names
        FuzzyDate: year month day | a date
        MediaTrailer: id site thumbnail | a link
        MediaCoverImage: extraLarge large medium color | a picture
        MediaTag: id name description category rank isGeneralSpoiler isMediaSpoiler isAdult | userId is moderation
        MediaRank: id rank type format year season allTime context | site totals
        MediaStats: scoreDistribution:ScoreDistribution statusDistribution:StatusDistribution
            airingProgression:AiringProgression | site totals
        ScoreDistribution: score amount | site totals
        StatusDistribution: status amount | site totals
        AiringProgression: episode score watching | site totals
        MediaExternalLink: id url site siteId type language color icon notes isDisabled | a link
        MediaStreamingEpisode: title thumbnail url site | a link
        MediaConnection: edges:MediaEdge nodes:Media pageInfo:PageInfo | titles
        MediaEdge: node:Media id relationType(version:Int) isMainStudio characters:Character characterRole characterName
            roleNotes dubGroup staffRole voiceActors(&voices):Staff voiceActorRoles(&voices):StaffRoleType
            | how a title belongs; favouriteOrder belongs to somebody's favourites

        CharacterConnection: edges:CharacterEdge nodes:Character pageInfo:PageInfo | characters
        CharacterEdge: node:Character id role name voiceActors(&voices):Staff voiceActorRoles(&voices):StaffRoleType
            media:Media | how a character belongs
        Character: id name:CharacterName image:CharacterImage description(asHtml:Boolean) gender dateOfBirth:FuzzyDate
            age bloodType siteUrl favourites media(sort:[MediaSort] type:MediaType &page):MediaConnection
            | facts of a character; isFavourite is the caller's
        CharacterName: first middle last full native alternative alternativeSpoiler | names
        CharacterImage: large medium | a picture
        StaffConnection: edges:StaffEdge nodes:Staff pageInfo:PageInfo | people
        StaffEdge: node:Staff id role | how a person belongs
        Staff: id name:StaffName language languageV2 image:StaffImage description(asHtml:Boolean) primaryOccupations
            gender dateOfBirth:FuzzyDate dateOfDeath:FuzzyDate age yearsActive homeTown bloodType siteUrl favourites
            staffMedia(sort:[MediaSort] type:MediaType &page):MediaConnection
            characters(sort:[CharacterSort] &page):CharacterConnection
            characterMedia(sort:[MediaSort] &page):MediaConnection
            | facts of a person; isFavourite is the caller's, submissions are moderation
        StaffName: first middle last full native alternative | names
        StaffImage: large medium | a picture
        StaffRoleType: voiceActor:Staff roleNotes dubGroup | a role
        StudioConnection: edges:StudioEdge nodes:Studio pageInfo:PageInfo | companies
        StudioEdge: node:Studio id isMain | how a company belongs
        Studio: id name isAnimationStudio siteUrl favourites
            media(sort:[MediaSort] isMain:Boolean &page):MediaConnection
            | facts of a company; isFavourite is the caller's

        AiringSchedule: id airingAt timeUntilAiring episode mediaId media:Media | a broadcast
        AiringScheduleConnection: edges:AiringScheduleEdge nodes:AiringSchedule pageInfo:PageInfo | broadcasts
        AiringScheduleEdge: node:AiringSchedule id | a broadcast
        MediaTrend: mediaId date trending averageScore popularity inProgress releasing episode media:Media | site totals
        MediaTrendConnection: edges:MediaTrendEdge nodes:MediaTrend pageInfo:PageInfo | site totals
        MediaTrendEdge: node:MediaTrend | site totals
        SiteStatistics: users(&days):SiteTrendConnection
            anime(&days):SiteTrendConnection manga(&days):SiteTrendConnection characters(&days):SiteTrendConnection
            staff(&days):SiteTrendConnection studios(&days):SiteTrendConnection reviews(&days):SiteTrendConnection
            | site totals
        SiteTrendConnection: edges:SiteTrendEdge nodes:SiteTrend pageInfo:PageInfo | site totals
        SiteTrendEdge: node:SiteTrend | site totals
        SiteTrend: date count change | site totals

        ReviewConnection: edges:ReviewEdge nodes:Review pageInfo:PageInfo | reviews
        ReviewEdge: node:Review | reviews
        Review: id userId mediaId mediaType summary body(asHtml:Boolean) rating ratingAmount score siteUrl createdAt
            updatedAt user:User media:Media | published; userRating is the caller's, private tells drafts apart
        RecommendationConnection: edges:RecommendationEdge nodes:Recommendation pageInfo:PageInfo | recommendations
        RecommendationEdge: node:Recommendation | recommendations
        Recommendation: id rating media:Media mediaRecommendation:Media user:User | userRating is the caller's
        Thread: id title body(asHtml:Boolean) userId replyUserId replyCommentId replyCount viewCount isLocked isSticky
            likeCount repliedAt createdAt updatedAt user:User replyUser:User likes:User siteUrl
            categories:ThreadCategory mediaCategories:Media | the forum; isLiked and isSubscribed are the caller's
        ThreadCategory: id name | vocabulary
        ThreadComment: id userId threadId comment(asHtml:Boolean) likeCount siteUrl createdAt updatedAt thread:Thread
            user:User likes:User | the forum; childComments is JSON that may hold isLiked

        User: id name about(asHtml:Boolean) avatar:UserAvatar bannerImage siteUrl donatorTier donatorBadge createdAt
            updatedAt statistics:UserStatisticTypes
            | a profile; options are private, favourites are changed through this service, roles and bans are moderation
        UserAvatar: large medium | a picture
        UserStatisticTypes: anime:UserStatistics manga:UserStatistics | a profile
        UserStatistics: count meanScore standardDeviation minutesWatched episodesWatched chaptersRead volumesRead
            formats(&statistics):UserFormatStatistic statuses(&statistics):UserStatusStatistic
            scores(&statistics):UserScoreStatistic lengths(&statistics):UserLengthStatistic
            releaseYears(&statistics):UserReleaseYearStatistic startYears(&statistics):UserStartYearStatistic
            genres(&statistics):UserGenreStatistic tags(&statistics):UserTagStatistic
            countries(&statistics):UserCountryStatistic voiceActors(&statistics):UserVoiceActorStatistic
            staff(&statistics):UserStaffStatistic studios(&statistics):UserStudioStatistic | totals of one's list
        UserFormatStatistic: count meanScore minutesWatched chaptersRead format | totals; mediaIds are list entries
        UserStatusStatistic: count meanScore minutesWatched chaptersRead status | totals
        UserScoreStatistic: count meanScore minutesWatched chaptersRead score | totals
        UserLengthStatistic: count meanScore minutesWatched chaptersRead length | totals
        UserReleaseYearStatistic: count meanScore minutesWatched chaptersRead releaseYear | totals
        UserStartYearStatistic: count meanScore minutesWatched chaptersRead startYear | totals
        UserGenreStatistic: count meanScore minutesWatched chaptersRead genre | totals
        UserTagStatistic: count meanScore minutesWatched chaptersRead tag:MediaTag | totals
        UserCountryStatistic: count meanScore minutesWatched chaptersRead country | totals
        UserVoiceActorStatistic: count meanScore minutesWatched chaptersRead voiceActor:Staff | totals
        UserStaffStatistic: count meanScore minutesWatched chaptersRead staff:Staff | totals
        UserStudioStatistic: count meanScore minutesWatched chaptersRead studio:Studio | totals
        """;

    public static IReadOnlyDictionary<string, TypeRule> Types { get; } = AllowListReader.Read(Text);

    public static TypeRule Query { get; } = Types["Query"];
}
