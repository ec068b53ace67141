<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_GB">
<context>
    <name>AlarmsCard</name>
    <message>
        <source>Alarms ({count})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing wants attention.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock was set back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last act was recorded at {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dose {dose}: time is over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use before {when} has passed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kits in quarantine: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They wait for the sponsor&apos;s decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dose {dose}: verify later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second person&apos;s check until {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deviation open: {record}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup for over a day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last one {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is nearly full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No new preparation below 100 MB.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnotherCopyButton</name>
    <message>
        <source>Another copy…</source>
        <translation>补打一份…</translation>
    </message>
    <message>
        <source>Another copy of the label</source>
        <translation>补打标签</translation>
    </message>
    <message>
        <source>The copy there is becomes void: destroy it. A second person signs.</source>
        <translation>现有标签作废并销毁，由第二人签名。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on to the signature</source>
        <translation>下一步：签名</translation>
    </message>
    <message>
        <source>A further copy of the label of dose {dose} is needed: {reason}</source>
        <translation>剂次 {dose} 的标签需补打：{reason}</translation>
    </message>
</context>
<context>
    <name>AppearancePanel</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Look at the thawed kit against the light. Choose what you see.</source>
        <translation>对光观察解冻后的药盒，选择所见外观。</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>可继续</translation>
    </message>
    <message>
        <source>stops the dose</source>
        <translation>停止剂次</translation>
    </message>
    <message>
        <source>Choose one finding.</source>
        <translation>请选择一项。</translation>
    </message>
    <message>
        <source>Remarks (if any)</source>
        <translation>备注（如有）</translation>
    </message>
    <message>
        <source>Record the appearance</source>
        <translation>登记外观</translation>
    </message>
</context>
<context>
    <name>Aside</name>
    <message>
        <source>Thawing since</source>
        <translation>解冻已进行</translation>
    </message>
    <message>
        <source>Since thaw</source>
        <translation>解冻后</translation>
    </message>
</context>
<context>
    <name>BenchPage</name>
    <message>
        <source>Stop dose…</source>
        <translation>停止剂次…</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>暂离</translation>
    </message>
    <message>
        <source>Subject {subject} · {visit}</source>
        <translation>受试者 {subject} · {visit}</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>操作台</translation>
    </message>
    <message>
        <source>{count} in progress</source>
        <translation>进行中 {count} 个</translation>
    </message>
    <message>
        <source>Not begun yet</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>Dose {dose}</source>
        <translation>剂次 {dose}</translation>
    </message>
    <message>
        <source>Kit {kit}</source>
        <translation>药盒 {kit}</translation>
    </message>
    <message>
        <source>Visit window</source>
        <translation>访视窗口</translation>
    </message>
    <message>
        <source>Kit proposed</source>
        <translation>选药</translation>
    </message>
    <message>
        <source>Scan and take out</source>
        <translation>扫描取出</translation>
    </message>
    <message>
        <source>Thaw</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Dose volumes</source>
        <translation>剂量体积</translation>
    </message>
    <message>
        <source>Dilute, cover, seal</source>
        <translation>稀释、避光、封签</translation>
    </message>
    <message>
        <source>Second check</source>
        <translation>第二人复核</translation>
    </message>
    <message>
        <source>Print the label</source>
        <translation>打印标签</translation>
    </message>
    <message>
        <source>Scan it back</source>
        <translation>扫描回读</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>Report from the ward</source>
        <translation>病区回报</translation>
    </message>
    <message>
        <source>Stop this dose</source>
        <translation>停止该剂次</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Stop the dose</source>
        <translation>停止剂次</translation>
    </message>
    <message>
        <source>No kit is bound to it yet. The visit can be begun again.</source>
        <translation>尚未绑定药盒，该访视可重新开始。</translation>
    </message>
    <message>
        <source>Kit {kit} is free again. The visit can be begun again.</source>
        <translation>药盒 {kit} 恢复可用，该访视可重新开始。</translation>
    </message>
    <message>
        <source>Kit {kit} is wasted. The visit can be begun again with another kit.</source>
        <translation>药盒 {kit} 报废，该访视可用其他药盒重新开始。</translation>
    </message>
</context>
<context>
    <name>BigClock</name>
    <message>
        <source>Use-before passed at {time}</source>
        <translation>已于 {time} 超过使用截止时间</translation>
    </message>
    <message>
        <source>Use before {time}</source>
        <translation>使用截止 {time}</translation>
    </message>
</context>
<context>
    <name>CardFrame</name>
    <message>
        <source>Card of this count: enter these readings</source>
        <translation>本次计数的卡片：请录入以下读数</translation>
    </message>
    <message>
        <source>#{n}   live {live}   dead {dead}   squares {squares}   dilution {factor}</source>
        <translation>第{n}次   活 {live}   死 {dead}   大格 {squares}   稀释 {factor}</translation>
    </message>
    <message>
        <source>#{n}   total {total} ×10⁶/mL   viability {viability} %</source>
        <translation>第{n}次   总细胞 {total} ×10⁶/mL   活率 {viability} %</translation>
    </message>
</context>
<context>
    <name>CheckPanel</name>
    <message>
        <source>Second person&apos;s check</source>
        <translation>第二人复核</translation>
    </message>
    <message>
        <source>Give the place to the second person. They compare all this with their eyes.</source>
        <translation>请第二人到操作台，逐项目视核对以下内容。</translation>
    </message>
    <message>
        <source>Second person: read the raw counts again yourself and type what you read.</source>
        <translation>第二人：请自行重新读取原始计数，并录入所读数值。</translation>
    </message>
    <message>
        <source>Sign together…</source>
        <translation>双人签名…</translation>
    </message>
    <message>
        <source>Verify later…</source>
        <translation>事后复核…</translation>
    </message>
    <message>
        <source>{drawn} mL, diluent {diluent} mL</source>
        <translation>{drawn} mL，稀释液 {diluent} mL</translation>
    </message>
    <message>
        <source>Subject, visit</source>
        <translation>受试者、访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Drawn up</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Materials</source>
        <translation>物料</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>Dose {dose} for {subject}, {visit}, from kit {kit}: prepared as recorded, raw counts read again by the second person, ready to be labelled.</source>
        <translation>剂次 {dose}（受试者 {subject}，{visit}，药盒 {kit}）：已按记录配制，第二人已重新读取原始计数，可以贴签。</translation>
    </message>
    <message>
        <source>Verify later</source>
        <translation>事后复核</translation>
    </message>
    <message>
        <source>The dose leaves without a second person. A deviation is raised, and a second person must verify within {hours} h.</source>
        <translation>该剂次未经第二人复核即放行。系统将登记方案偏离，第二人须在 {hours} 小时内完成事后复核。</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Go on alone</source>
        <translation>单人继续</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A training site with its own people, kits and subjects. Nothing in it is real, and it never becomes real.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the training site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set up this site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the package the sponsor signed for it and the code in their letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New site…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A site that is there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its vault lies in another folder of this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose its folder…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConfirmScanDialog</name>
    <message>
        <source>Wrong scan: stop</source>
        <translation>扫描有误：请停止操作</translation>
    </message>
    <message>
        <source>Typed: {code}</source>
        <translation>手工输入：{code}</translation>
    </message>
    <message>
        <source>Scanned: {code}</source>
        <translation>扫描：{code}</translation>
    </message>
    <message>
        <source>Put it aside. It is recorded as a near miss.</source>
        <translation>请将其放在一旁。本次已记为险失事件。</translation>
    </message>
    <message>
        <source>I have put it aside</source>
        <translation>已放在一旁</translation>
    </message>
</context>
<context>
    <name>CorrectButton</name>
    <message>
        <source>Correct the count…</source>
        <translation>更正计数…</translation>
    </message>
</context>
<context>
    <name>CountPanel</name>
    <message>
        <source>Count live and dead cells</source>
        <translation>计数活细胞和死细胞</translation>
    </message>
    <message>
        <source>Correct the count</source>
        <translation>更正计数</translation>
    </message>
    <message>
        <source>Enter what you read at the microscope, square by square added up.</source>
        <translation>录入显微镜下所读数值（各大格合计）。</translation>
    </message>
    <message>
        <source>Enter what the counter shows: all cells, and the viability.</source>
        <translation>录入计数仪显示的总细胞浓度和活率。</translation>
    </message>
    <message>
        <source>Suspension</source>
        <translation>悬液</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>取样</translation>
    </message>
    <message>
        <source>Reason for the correction</source>
        <translation>更正原因</translation>
    </message>
    <message>
        <source>Confirm the count</source>
        <translation>确认计数</translation>
    </message>
    <message>
        <source>Add a replicate</source>
        <translation>另加一次</translation>
    </message>
    <message>
        <source>Keep the count as it is</source>
        <translation>保留原计数</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>未填写</translation>
    </message>
</context>
<context>
    <name>Cover</name>
    <message>
        <source>The curtain is down</source>
        <translation>屏幕已遮蔽</translation>
    </message>
    <message>
        <source>Your work is kept. Enter your password to go on.</source>
        <translation>工作内容已保留。请输入密码继续。</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Lift the curtain</source>
        <translation>解除遮屏</translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation>正在核对密码。</translation>
    </message>
</context>
<context>
    <name>CoverPanel</name>
    <message>
        <source>Cover and seal</source>
        <translation>避光与封签</translation>
    </message>
    <message>
        <source>Put the opaque cover over bag and line and close it with a numbered seal.</source>
        <translation>给输液袋和管路套上避光套，并用带编号的封签封闭。</translation>
    </message>
    <message>
        <source>Seal number</source>
        <translation>封签编号</translation>
    </message>
    <message>
        <source>Retained sample (if kept)</source>
        <translation>留样编号（如有）</translation>
    </message>
    <message>
        <source>Covered and sealed</source>
        <translation>已避光并封签</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Crash report: {path}</source>
        <translation>故障报告：{path}</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>DilutePanel</name>
    <message>
        <source>Dilute into the bag</source>
        <translation>稀释入袋</translation>
    </message>
    <message>
        <source>Diluent, albumin, bag: everything the dose touches, with lot and expiry.</source>
        <translation>稀释液、白蛋白、输液袋等所有接触剂量的物料，均须录入批号和有效期。</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>物料</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>The dose is in its bag</source>
        <translation>已稀释入袋</translation>
    </message>
    <message>
        <source>Add a material</source>
        <translation>添加物料</translation>
    </message>
    <message>
        <source>Name it.</source>
        <translation>请填写名称。</translation>
    </message>
    <message>
        <source>Type the day, year first.</source>
        <translation>请输入日期：年-月-日。</translation>
    </message>
</context>
<context>
    <name>DocumentPreview</name>
    <message>
        <source>BLINDED</source>
        <translation>盲态</translation>
    </message>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>{count} pages · {name}</source>
        <translation>共 {count} 页 · {name}</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存为 PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
</context>
<context>
    <name>DosesCard</name>
    <message>
        <source>Doses today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No dose is due today and none is under way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enrolled subjects and their visits stand under Subjects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>handed over, the ward&apos;s report is awaited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {number} of {all}: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the window closed without a dose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>due, may be begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>due later today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window closed at {when}. A reason is asked for at the subject.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window opens at {when}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DrawPanel</name>
    <message>
        <source>Draw up the dose</source>
        <translation>抽取剂量</translation>
    </message>
    <message>
        <source>Draw up, read the syringe again, and type both volumes as you read them.</source>
        <translation>抽取后再次读取注射器刻度，按所读数值录入两个体积。</translation>
    </message>
    <message>
        <source>Drawn up, as read</source>
        <translation>抽取体积（读数）</translation>
    </message>
    <message>
        <source>Diluent, as read</source>
        <translation>稀释液体积（读数）</translation>
    </message>
    <message>
        <source>Confirm the volumes</source>
        <translation>确认体积</translation>
    </message>
    <message>
        <source>Diluent</source>
        <translation>稀释液</translation>
    </message>
    <message>
        <source>Final volume</source>
        <translation>终体积</translation>
    </message>
    <message>
        <source>Type what the syringe shows.</source>
        <translation>请录入注射器读数。</translation>
    </message>
</context>
<context>
    <name>Entrance</name>
    <message>
        <source>Site Pharmacy</source>
        <translation>试验中心药房</translation>
    </message>
    <message>
        <source>The unblinded pharmacist&apos;s workplace. Everything stays on this machine.</source>
        <translation>非盲药师工作台。所有数据仅保存在本机。</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light / dark</source>
        <translation>浅色 / 深色</translation>
    </message>
</context>
<context>
    <name>ExpiringCard</name>
    <message>
        <source>Expiring within 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{lot} · {count} kits · {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No kit expires within 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Making the training site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the vault</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Founding</name>
    <message>
        <source>Making the vault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} becomes a second checker at this site.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HandOverPanel</name>
    <message>
        <source>Hand over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>Give the bag and its form to the person who takes it to the ward.</source>
        <translation>将输液袋及交接单交给送往病区的人员。</translation>
    </message>
    <message>
        <source>Receiver&apos;s name</source>
        <translation>接收人姓名</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>职务</translation>
    </message>
    <message>
        <source>Hand over and sign…</source>
        <translation>交接并签名…</translation>
    </message>
    <message>
        <source>Hand-over form</source>
        <translation>交接单</translation>
    </message>
    <message>
        <source>Subject, visit</source>
        <translation>受试者、访视</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封签</translation>
    </message>
    <message>
        <source>Use before</source>
        <translation>使用期限</translation>
    </message>
    <message>
        <source>Name the person who takes the bag.</source>
        <translation>请填写接收输液袋的人员。</translation>
    </message>
    <message>
        <source>The bag of dose {dose} for {subject}, {visit}, goes to {receiver}.</source>
        <translation>剂次 {dose}（受试者 {subject}，{visit}）的输液袋交给 {receiver}。</translation>
    </message>
</context>
<context>
    <name>KeyedTable</name>
    <message>
        <source>List</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelCard</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>No label was printed.</source>
        <translation>未打印标签。</translation>
    </message>
    <message>
        <source>Unlocks after step 9, the second check, and {minutes} min at the bench</source>
        <translation>第 9 步（第二人复核）完成且在操作台满 {minutes} 分钟后解锁</translation>
    </message>
    <message>
        <source>Unlocks at {time}, in {left}</source>
        <translation>{time} 解锁，还需 {left}</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>已解锁</translation>
    </message>
</context>
<context>
    <name>LabelPanel</name>
    <message>
        <source>Print the label</source>
        <translation>打印标签</translation>
    </message>
    <message>
        <source>The label&apos;s number and every dot of it are fixed first; then it goes to the printer. It is the same for every subject of the trial.</source>
        <translation>先固定标签编号和全部内容，再送打印。所有受试者的标签格式相同。</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>打印机</translation>
    </message>
    <message>
        <source>Print this label</source>
        <translation>打印此标签</translation>
    </message>
    <message>
        <source>Make the label</source>
        <translation>制作标签</translation>
    </message>
    <message>
        <source>Unlocks at {time}, in {left}: every dose waits as long.</source>
        <translation>{time} 解锁，还需 {left}：所有剂次等待时间一致。</translation>
    </message>
</context>
<context>
    <name>Making</name>
    <message>
        <source>Step {done} of {all}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MethodPanel</name>
    <message>
        <source>Counting method</source>
        <translation>计数方法</translation>
    </message>
    <message>
        <source>Choose how the cells are counted, and on which instrument.</source>
        <translation>选择细胞计数方法和所用仪器。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Instrument number</source>
        <translation>仪器编号</translation>
    </message>
    <message>
        <source>Calibration due on</source>
        <translation>校准有效期至</translation>
    </message>
    <message>
        <source>Begin the count</source>
        <translation>开始计数</translation>
    </message>
    <message>
        <source>Type the day, year first.</source>
        <translation>请输入日期：年-月-日。</translation>
    </message>
</context>
<context>
    <name>NearMissCard</name>
    <message>
        <source>Near misses</source>
        <translation>险失</translation>
    </message>
    <message>
        <source>None at this dose.</source>
        <translation>本剂次无险失。</translation>
    </message>
</context>
<context>
    <name>NeedChart</name>
    <message>
        <source>Need against usable stock, by day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}: need {need}, have {have}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>need {need}, have {have} ({name})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>usable, in date</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewPassword</name>
    <message>
        <source>Password</source>
        <translation type="unfinished">密码</translation>
    </message>
    <message>
        <source>Password again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggest a passphrase</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This password will not do yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{phrase}  –  write it down or learn it, then type it twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least 15 characters; several words are best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good. Type it a second time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good, and typed twice alike.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OverPanel</name>
    <message>
        <source>This dose was stopped</source>
        <translation>该剂次已停止</translation>
    </message>
    <message>
        <source>This dose is closed</source>
        <translation>该剂次已结束</translation>
    </message>
    <message>
        <source>A new dose for the same visit takes another kit of the same allocation.</source>
        <translation>同一访视可重新配制，按同一分配另取药盒。</translation>
    </message>
    <message>
        <source>Nothing more is to be done at the bench.</source>
        <translation>操作台已无待办步骤。</translation>
    </message>
    <message>
        <source>Replacement dose</source>
        <translation>替代剂次</translation>
    </message>
    <message>
        <source>Clear the bench</source>
        <translation>清空操作台</translation>
    </message>
    <message>
        <source>Preparation record</source>
        <translation>配制记录</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Infusion began</source>
        <translation>输注开始</translation>
    </message>
    <message>
        <source>Infusion ended</source>
        <translation>输注结束</translation>
    </message>
    <message>
        <source>Not infused</source>
        <translation>未输注</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Returned by</source>
        <translation>退回人</translation>
    </message>
</context>
<context>
    <name>PackageForm</name>
    <message>
        <source>Trial package from the sponsor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Activation code, from the sponsor&apos;s letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the vault, on this machine&apos;s own disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of this workplace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first person: pharmacist and administrator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name as in the delegation log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short name, such as li.wei</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found the site</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trial packages (*.package);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trial package</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder of the vault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typed without a slip.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One character is wrong: compare with the letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} of {all} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file the sponsor sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the whole code as it stands in the letter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the workplace a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a short name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Hand-over form</source>
        <translation>交接单</translation>
    </message>
    <message>
        <source>Pick sheet</source>
        <translation>取药单</translation>
    </message>
    <message>
        <source>Preparation record</source>
        <translation>配制记录</translation>
    </message>
    <message>
        <source>Accountability log</source>
        <translation>清点记录</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Today</source>
        <translation>今日</translation>
    </message>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Subjects</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Bench</source>
        <translation>配制台</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>清点</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Oversight</source>
        <translation>监督</translation>
    </message>
</context>
<context>
    <name>PositionMap</name>
    <message>
        <source>free</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>Box map</source>
        <translation>盒位图</translation>
    </message>
</context>
<context>
    <name>Printers</name>
    <message>
        <source>Folder, as PDF: {folder}</source>
        <translation>文件夹（PDF）：{folder}</translation>
    </message>
</context>
<context>
    <name>ProposalPanel</name>
    <message>
        <source>Kit proposed</source>
        <translation>选药</translation>
    </message>
    <message>
        <source>The program proposes a usable kit for this subject: first expiry first, drawn at random among kits that expire together. It stays reserved for this dose.</source>
        <translation>程序为该受试者选出一个可用药盒：先到期先用，同日到期的随机抽取。选定后保留给本剂次。</translation>
    </message>
    <message>
        <source>Propose the kit</source>
        <translation>选定药盒</translation>
    </message>
</context>
<context>
    <name>QuestionsDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This is recorded: fill it in.</source>
        <translation>此项须登记，请填写。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>{place} (Alt+{number})</source>
        <translation>{place}（Alt+{number}）</translation>
    </message>
</context>
<context>
    <name>ReadingsForm</name>
    <message>
        <source>#{number} live</source>
        <translation>第{number}次 活</translation>
    </message>
    <message>
        <source>#{number} dead</source>
        <translation>第{number}次 死</translation>
    </message>
    <message>
        <source>#{number} total</source>
        <translation>第{number}次 总数</translation>
    </message>
    <message>
        <source>#{number} viability</source>
        <translation>第{number}次 活率</translation>
    </message>
    <message>
        <source>Squares</source>
        <translation>大格数</translation>
    </message>
    <message>
        <source>Dilution</source>
        <translation>稀释倍数</translation>
    </message>
    <message>
        <source>Dilution again</source>
        <translation>稀释倍数（再次）</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>未填写</translation>
    </message>
    <message>
        <source>not the same</source>
        <translation>不一致</translation>
    </message>
</context>
<context>
    <name>RecoveryView</name>
    <message>
        <source>Recovery code: shown this once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It opens the vault when every password is lost. Print it, put it into an opaque envelope, seal it, keep it in the safe. Nobody can make it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovery code {code}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Print or save the sheet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type group {number} from the paper in your hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I have the sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not this group: read it from the sheet again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RefusalsPanel</name>
    <message>
        <source>Understood</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Not done, for {count} reasons</source>
        <translation>未执行，原因共 {count} 项</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>处理办法</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Report from the ward</source>
        <translation>病区回报</translation>
    </message>
    <message>
        <source>Copy the times and the rest from the form that came back.</source>
        <translation>按返回的交接单录入时间及其他内容。</translation>
    </message>
    <message>
        <source>Infusion began</source>
        <translation>输注开始</translation>
    </message>
    <message>
        <source>Infusion ended</source>
        <translation>输注结束</translation>
    </message>
    <message>
        <source>Not infused</source>
        <translation>未输注</translation>
    </message>
    <message>
        <source>Reported by</source>
        <translation>报告人</translation>
    </message>
    <message>
        <source>Record the report</source>
        <translation>登记回报</translation>
    </message>
    <message>
        <source>The bag came back…</source>
        <translation>输液袋退回…</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>交接</translation>
    </message>
    <message>
        <source>0 if all was infused.</source>
        <translation>全部输注请填 0。</translation>
    </message>
    <message>
        <source>Year-month-day hour:minute.</source>
        <translation>年-月-日 时:分。</translation>
    </message>
    <message>
        <source>The bag came back</source>
        <translation>输液袋退回</translation>
    </message>
    <message>
        <source>It was not given. It never returns to stock.</source>
        <translation>该输液袋未给药，不得再回库存。</translation>
    </message>
    <message>
        <source>Returned by</source>
        <translation>退回人</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Record the return</source>
        <translation>登记退回</translation>
    </message>
</context>
<context>
    <name>ReservedFrame</name>
    <message>
        <source>TRAINING — no real subject, no real product</source>
        <translation>培训模式——无真实受试者，无真实药品</translation>
    </message>
</context>
<context>
    <name>ResultTable</name>
    <message>
        <source>Show all steps</source>
        <translation>显示全部步骤</translation>
    </message>
    <message>
        <source>Hide the steps</source>
        <translation>收起步骤</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Criterion</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>differ {found} % ≤ {limit} %</source>
        <translation>相差 {found} % ≤ {limit} %</translation>
    </message>
    <message>
        <source>usable {volume} mL</source>
        <translation>可用 {volume} mL</translation>
    </message>
    <message>
        <source>rounding {found} % ≤ {limit} %</source>
        <translation>取整 {found} % ≤ {limit} %</translation>
    </message>
    <message>
        <source>Viability</source>
        <translation>活率</translation>
    </message>
    <message>
        <source>Viable /mL</source>
        <translation>活细胞 /mL</translation>
    </message>
    <message>
        <source>Total /mL</source>
        <translation>总细胞 /mL</translation>
    </message>
    <message>
        <source>Dose volume</source>
        <translation>所需体积</translation>
    </message>
    <message>
        <source>Draw up</source>
        <translation>抽取</translation>
    </message>
    <message>
        <source>Cells seen</source>
        <translation>计数细胞</translation>
    </message>
</context>
<context>
    <name>ScanBackPanel</name>
    <message>
        <source>Did the label come out? Stick it on and scan it</source>
        <translation>标签打印出来了吗？贴上并扫描</translation>
    </message>
    <message>
        <source>The bag may leave only when the label on it has been scanned back.</source>
        <translation>输液袋上的标签回读后方可发出。</translation>
    </message>
    <message>
        <source>Type the code…</source>
        <translation>手动输入编码…</translation>
    </message>
    <message>
        <source>No label came out…</source>
        <translation>未打印出标签…</translation>
    </message>
    <message>
        <source>The label of this dose</source>
        <translation>本剂次的标签</translation>
    </message>
    <message>
        <source>No label came out</source>
        <translation>未打印出标签</translation>
    </message>
    <message>
        <source>This copy&apos;s number is not used again. The next copy gets a new one.</source>
        <translation>该份编号不再使用，下一份使用新编号。</translation>
    </message>
    <message>
        <source>What happened (jam, empty, spoiled …)</source>
        <translation>情况说明（卡纸、缺纸、损坏等）</translation>
    </message>
    <message>
        <source>Record it</source>
        <translation>登记</translation>
    </message>
</context>
<context>
    <name>ScanLine</name>
    <message>
        <source>Ready to scan</source>
        <translation>就绪，请扫描</translation>
    </message>
    <message>
        <source>Last scan</source>
        <translation>上次扫描</translation>
    </message>
</context>
<context>
    <name>ScanPanel</name>
    <message>
        <source>Fetch this kit and scan it</source>
        <translation>取出此药盒并扫描</translation>
    </message>
    <message>
        <source>Scan the kit at its position. A wrong kit stops the work.</source>
        <translation>在存放位置扫描药盒。拿错药盒将中止操作。</translation>
    </message>
    <message>
        <source>Type the number…</source>
        <translation>手动输入编号…</translation>
    </message>
    <message>
        <source>Pick sheet</source>
        <translation>取药单</translation>
    </message>
    <message>
        <source>Why this kit: {usable} usable kits in stock, first expiry first; {same} of them expire on this day, drawn at random among these.</source>
        <translation>选择理由：库存可用药盒 {usable} 个，先到期先用；其中 {same} 个同日到期，从中随机抽取。</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>批号</translation>
    </message>
    <message>
        <source>Expiry</source>
        <translation>有效期</translation>
    </message>
    <message>
        <source>The kit for this dose</source>
        <translation>本剂次的药盒</translation>
    </message>
</context>
<context>
    <name>SecondPersonForm</name>
    <message>
        <source>The second person: checker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No dose leaves without a second person&apos;s check. They type their own password now; nobody else ever learns it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name as in the delegation log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Short name, such as li.wei</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add this person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter the name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter a short name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>TRAINING: no real subject, no real dose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished">姓名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished">密码</translation>
    </message>
    <message>
        <source>Why the clock is right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reason is recorded with the sign-in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in with this reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another site…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vault: {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {password}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passwords for training:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose your name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter your password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give the reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait {seconds} s before the next try.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The password is being checked.</source>
        <translation type="unfinished">正在核对密码。</translation>
    </message>
</context>
<context>
    <name>SignatureDialog</name>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Your password opens your own signing key. Nobody else can sign for you.</source>
        <translation>密码用于打开您本人的签名密钥，他人无法代签。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The signature is being made.</source>
        <translation>正在签名。</translation>
    </message>
</context>
<context>
    <name>SignerBlock</name>
    <message>
        <source>Meaning: {meaning}</source>
        <translation>签名含义：{meaning}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Choose who signs.</source>
        <translation>请选择签名人。</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>请输入密码。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Nobody is signed in</source>
        <translation>无人登录</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign out: the work is kept (Ctrl+Q)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clock trusted</source>
        <translation>时钟可信</translation>
    </message>
    <message>
        <source>Clock not trusted</source>
        <translation>时钟不可信</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>Backup {when}</source>
        <translation>备份 {when}</translation>
    </message>
    <message>
        <source>Exchange {when}</source>
        <translation>数据交换 {when}</translation>
    </message>
    <message>
        <source>Alarms: {count}</source>
        <translation>警报：{count}</translation>
    </message>
</context>
<context>
    <name>StepList</name>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>now</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已中止</translation>
    </message>
</context>
<context>
    <name>TakeOutPanel</name>
    <message>
        <source>Take the kit out of storage</source>
        <translation>取出药盒</translation>
    </message>
    <message>
        <source>Its time out of storage runs from now on and is added up; at most {minutes} min.</source>
        <translation>自此刻起累计离库时间，上限 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>It is out of storage</source>
        <translation>已取出</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>scanned</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>From position</source>
        <translation>取自位置</translation>
    </message>
    <message>
        <source>Out before</source>
        <translation>此前离库</translation>
    </message>
    <message>
        <source>{minutes} min in all</source>
        <translation>累计 {minutes} 分钟</translation>
    </message>
</context>
<context>
    <name>TemperaturePlot</name>
    <message>
        <source>{limit} °C limit</source>
        <translation>限值 {limit} °C</translation>
    </message>
    <message>
        <source>Temperature curve, no readings</source>
        <translation>温度曲线，无读数</translation>
    </message>
    <message>
        <source>Temperature curve, {count} readings, {low} to {high} °C</source>
        <translation>温度曲线，共 {count} 个读数，{low} 至 {high} °C</translation>
    </message>
</context>
<context>
    <name>ThawPanel</name>
    <message>
        <source>Start the thaw</source>
        <translation>开始解冻</translation>
    </message>
    <message>
        <source>Read the temperature at the bath, put the kit in, then start.</source>
        <translation>读取水浴温度，放入药盒后开始。</translation>
    </message>
    <message>
        <source>Bath</source>
        <translation>水浴</translation>
    </message>
    <message>
        <source>Temperature read at the bath</source>
        <translation>水浴温度读数</translation>
    </message>
    <message>
        <source>Once thawed, this kit never returns to stock.</source>
        <translation>一经解冻，该药盒不得再回库存。</translation>
    </message>
    <message>
        <source>Type the temperature.</source>
        <translation>请录入温度。</translation>
    </message>
</context>
<context>
    <name>ThawingPanel</name>
    <message>
        <source>Thawing</source>
        <translation>解冻中</translation>
    </message>
    <message>
        <source>Swirl gently until the last ice is gone, then end the thaw.</source>
        <translation>轻轻摇动至冰晶完全消失，然后结束解冻。</translation>
    </message>
    <message>
        <source>The last ice is gone</source>
        <translation>冰晶已完全消失</translation>
    </message>
    <message>
        <source>Bath {bath} at {degrees} °C</source>
        <translation>水浴 {bath}，{degrees} °C</translation>
    </message>
</context>
<context>
    <name>TodayPage</name>
    <message>
        <source>Monday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tuesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wednesday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thursday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Friday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saturday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sunday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today · {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next 14 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>usable, in-date stock against the visits to come</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>UNBLINDED</source>
        <translation>非盲</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Curtain</source>
        <translation>遮屏</translation>
    </message>
    <message>
        <source>Find any kit, subject, dose, document or command (Ctrl+K)</source>
        <translation>查找药盒、受试者、剂量、文件或命令（Ctrl+K）</translation>
    </message>
    <message>
        <source>Cover the screen at once; a password lifts it (F12)</source>
        <translation>立即遮屏；输入密码解除（F12）</translation>
    </message>
    <message>
        <source>中文</source>
        <comment>the other language, in its own script</comment>
        <translation>English</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Change the language of the window</source>
        <translation>切换界面语言</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Change between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
</context>
<context>
    <name>TrainingDialog</name>
    <message>
        <source>TRAINING: nothing here is real</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training aids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished">关闭</translation>
    </message>
    <message>
        <source>Kits on the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Randomisation desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>People</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A click scans the kit into the page behind this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk reads out a code for one subject and one stage. A click copies it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training people and their passwords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} · {roles}
password: {password}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kit} · {state} · shipment {shipment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{code} · stage {stage}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied: {code}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingMade</name>
    <message>
        <source>The training site is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({roles})
      password: {password}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sign-in window shows these again; at work F2 shows all training aids.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the sign-in</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TypedCodeDialog</name>
    <message>
        <source>Type a code</source>
        <translation>手工输入编码</translation>
    </message>
    <message>
        <source>Code as printed</source>
        <translation>标签上印刷的编码</translation>
    </message>
    <message>
        <source>It will be recorded as typed, not scanned.</source>
        <translation>将记录为手工输入，而非扫描。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use this code</source>
        <translation>使用此编码</translation>
    </message>
    <message>
        <source>Type the code that is printed beside the symbol.</source>
        <translation>请输入条码旁印刷的编码。</translation>
    </message>
</context>
<context>
    <name>VisitPanel</name>
    <message>
        <source>Visit window</source>
        <translation>访视窗口</translation>
    </message>
    <message>
        <source>A dose is begun for one visit of one subject, in its window.</source>
        <translation>每个剂次对应一名受试者的一次访视，须在访视窗内开始。</translation>
    </message>
    <message>
        <source>Reason for a dose outside the window</source>
        <translation>超窗原因</translation>
    </message>
    <message>
        <source>It is recorded as a deviation.</source>
        <translation>将登记为方案偏离。</translation>
    </message>
    <message>
        <source>Begin this dose</source>
        <translation>开始该剂次</translation>
    </message>
    <message>
        <source>The earlier visit was not given yet</source>
        <translation>前次访视尚未给药</translation>
    </message>
    <message>
        <source>In the window</source>
        <translation>在访视窗内</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划时间</translation>
    </message>
    <message>
        <source>Window opens</source>
        <translation>窗口开始</translation>
    </message>
    <message>
        <source>Window closes</source>
        <translation>窗口结束</translation>
    </message>
    <message>
        <source>Replaces stopped dose</source>
        <translation>替代已停止剂次</translation>
    </message>
    <message>
        <source>Too early by {hours} h</source>
        <translation>提前 {hours} 小时</translation>
    </message>
    <message>
        <source>Too late by {hours} h</source>
        <translation>超出 {hours} 小时</translation>
    </message>
</context>
<context>
    <name>WaitingCard</name>
    <message>
        <source>Waiting for a signature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{record} · receipt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{record} · second person&apos;s check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{record} · later verification</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{record} · hand-over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing waits.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WaitingDoses</name>
    <message>
        <source>Dose</source>
        <translation>剂次</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>受试者</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>访视</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>药盒</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>待办步骤</translation>
    </message>
    <message>
        <source>Use before</source>
        <translation>使用期限</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>No dose is in progress</source>
        <translation>没有进行中的剂次</translation>
    </message>
    <message>
        <source>A dose is begun from a subject&apos;s visit.</source>
        <translation>剂次从受试者的访视开始。</translation>
    </message>
    <message>
        <source>Go to the subjects</source>
        <translation>前往受试者</translation>
    </message>
    <message>
        <source>Doses in progress</source>
        <translation>进行中的剂次</translation>
    </message>
</context>
</TS>
